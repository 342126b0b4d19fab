"""Microsoft Forms: the responses to a form, as "Open in Excel" gives them (xlsx), or saved from there as CSV.

One line is one response: ID, Start time, Completion time, Email, Name, perhaps Last modified time, then a column for
each question. Each answer becomes a row of the survey; an answer of several ticks, joined by `;`, becomes several.

- A quiz's points, feedback and grades are left out.
- The phase is that of the question whose answers are mostly phases ("Primary", "Secondary school"), one with "phase" in
  it before others; a response that ticks several is Not recorded. The school is that of a question for its name. Both
  describe the response, and are not answers themselves.
- What kind a question is, Forms does not say: it is worked out from all its answers (see kinds.py). Of a ranking,
  what was ranked first is kept.
- Email and Name, and questions for a person's name, address, e-mail or telephone number, are never stored. An e-mail
  address, telephone number, postcode or link inside an answer is taken out of it (see removed.py), and a warning says
  where.
- The page shows one survey at a time: a form takes the place of the one loaded before it, which a warning says; undo
  brings that back.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sendviz.datasets.survey import Answer
from sendviz.loading import Cells, Record, Source, Top
from sendviz.loading.cells import address
from sendviz.sources.forms.kinds import OTHER, Kind, words_of
from sendviz.sources.forms.questions import about_a_person, about_the_school, phase_of
from sendviz.sources.forms.removed import without
from sendviz.vocabulary import NOT_RECORDED
from sendviz.vocabulary.fields import plain

ID, DONE = "id", "completion time"
HEADINGS = frozenset({ID, "start time", DONE})
BESIDE = HEADINGS | {"last modified time", "language", "total points", "quiz feedback", "grade posted time"}
QUIZ = ("points -", "feedback -")
NAMED = 3  # cells named before a sentence says how many more there are
MOSTLY = 0.5  # of a question's answers that are phases, if it asks for the phase


@dataclass(frozen=True)
class _Form:
    """A form: its questions by column with the kind of each, and the columns (from 0) of the response's number, the day
    it was sent in, and the phase and the school where it asks for them."""

    questions: dict[int, str]
    kinds: dict[int, Kind]
    response: int
    submitted: int
    phase: int | None
    school: int | None

    @classmethod
    def of(cls, top: Top, rows: Sequence[tuple[int, Cells]]) -> "_Form":
        """What the headings ask for and the answers say they are."""
        asked = {column: text for column, cell in enumerate(top.headings) if _is_question(text := plain(cell))}
        said = {column: [words_of(cells[column]) for _, cells in rows] for column in asked}
        school = next((column for column, question in asked.items() if about_the_school(question)), None)
        phases = [column for column in asked if _mostly_phases(said[column])]
        phase = next((column for column in phases if "phase" in asked[column].casefold()), next(iter(phases), None))
        questions = {column: question for column, question in asked.items() if column not in (school, phase)}
        kinds = {column: Kind.of(said[column]) for column in questions}
        return cls(questions, kinds, top.at[ID], top.at[DONE], phase, school)

    def answers(self, cells: Cells) -> Iterator[tuple[int, str]]:
        """What a response says: the question's column, and one thing said."""
        for column, kind in self.kinds.items():
            for said in kind.given(words_of(cells[column])):
                yield column, said

    def record(self, number: int, cells: Cells, column: int, answer: str) -> Record:
        """One answer of a response."""
        columns = {"response_id": self.response, "submitted": self.submitted, "question": column, "answer": column}
        columns |= {"phase": self.phase} if self.phase is not None else {}
        columns |= {"school": self.school} if self.school is not None else {}
        return Record(number, columns, {
            "response_id": cells[self.response], "submitted": cells[self.submitted],
            "phase": _phase(words_of(cells[self.phase])) if self.phase is not None else "",
            "school": without(words_of(cells[self.school])) if self.school is not None else "",
            "question": self.questions[column], "kind": self.kinds[column].name, "answer": answer,
        })  # fmt: skip


def _is_question(heading: str) -> bool:
    lower = heading.casefold()
    return heading != "" and lower not in BESIDE and not lower.startswith(QUIZ) and not about_a_person(heading)


def _mostly_phases(said: Sequence[str]) -> bool:
    phases = [phase_of(answer) for answer in said if answer]
    return bool(phases) and sum(phase is not None for phase in phases) >= MOSTLY * len(phases)


def _phase(said: str) -> str:
    """A phase that is not known stays as it was said; several ticked are none."""
    return phase_of(said) or ("" if ";" in said else said)


def _responses(top: Top, rows: Iterable[tuple[int, Cells]]) -> Iterator[Record]:
    """A record for each answer of each response; then says what was taken out, and what nobody asked for."""
    every = list(rows)
    form = _Form.of(top, every)
    if not form.questions:
        top.report.problem("there is no question beside those for the phase and the school")
    taken_out: dict[str, None] = {}
    for number, cells in every:
        for column, said in form.answers(cells):
            answer = without(said)
            if answer != said:
                taken_out[address(number, column)] = None
            yield form.record(number, cells, column, answer)
    _tell(top, form, list(taken_out))


def _tell(top: Top, form: _Form, taken_out: Sequence[str]) -> None:
    tell = top.report.warnings.append
    if form.phase is None:
        tell(f"No question asks for the phase: it is {NOT_RECORDED}.")
    for column, kind in form.kinds.items():
        if kind.ranking:
            tell(f"'{form.questions[column]}' is a ranking: of each response, what was ranked first is kept.")
    if once := sum(len(kind.once) for kind in form.kinds.values()):
        tell(f"Choices that only one person made may be in their own words: they count as {OTHER} ({once:,}).")
    if taken_out:
        more = f" and {len(taken_out) - NAMED:,} more" if len(taken_out) > NAMED else ""
        tell(
            "E-mail addresses, telephone numbers, postcodes or links were taken out of answers and are not stored: "
            f"{', '.join(taken_out[:NAMED])}{more}. Answers may hold names too: read them before they are shown."
        )


def _is_form(headings: Collection[str]) -> bool:
    return HEADINGS.issubset(headings)


responses = Source("Microsoft Forms", Answer, _is_form, whole=_responses, private=about_a_person, ours=True)
