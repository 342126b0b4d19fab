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
from sendviz.sources.forms.kinds import Kind, words_of
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

Numbered = Sequence[tuple[int, Cells]]


@dataclass(frozen=True)
class Form:
    """A form: its questions by column, and the columns (from 0) of the phase and the school, where it asks for them."""

    questions: dict[int, str]
    phase: int | None
    school: int | None


def _form(top: Top, rows: Numbered) -> Form:
    asked = {
        column: plain(heading) for column, heading in enumerate(top.headings)
        if plain(heading) and plain(heading).casefold() not in BESIDE
        and not plain(heading).casefold().startswith(QUIZ) and not about_a_person(plain(heading))
    }  # fmt: skip
    school = next((column for column, question in asked.items() if about_the_school(question)), None)
    phases = [column for column in asked if _mostly_phases([cells[column] for _, cells in rows])]
    phase = next((column for column in phases if "phase" in asked[column].casefold()), next(iter(phases), None))
    return Form({column: said for column, said in asked.items() if column not in (school, phase)}, phase, school)


def _mostly_phases(cells: Sequence[object]) -> bool:
    said = [phase_of(text) for cell in cells if (text := words_of(cell))]
    return bool(said) and sum(phase is not None for phase in said) >= MOSTLY * len(said)


def _responses(top: Top, rows: Iterable[tuple[int, Cells]]) -> Iterator[Record]:
    """A record for each answer of each response; then says what was taken out, and what nobody asked for."""
    every = list(rows)
    form = _form(top, every)
    if not form.questions:
        top.report.problem("there is no question beside those for the phase and the school")
    kinds = {column: Kind.of([words_of(cells[column]) for _, cells in every]) for column in form.questions}
    taken_out: list[str] = []
    for number, cells in every:
        for column, question in form.questions.items():
            for said in kinds[column].given(words_of(cells[column])):
                kept = without(said)
                if kept != said:
                    taken_out.append(address(number, column))
                yield _record(top, form, number, cells, column, question, kinds[column].name, kept)
    _tell(top, form, kinds, taken_out)


def _record(
    top: Top, form: Form, number: int, cells: Cells, column: int, question: str, kind: str, answer: str
) -> Record:
    columns = {"response_id": top.at[ID], "submitted": top.at[DONE], "question": column, "answer": column}
    values: dict[str, object] = {
        "response_id": cells[top.at[ID]], "phase": "", "school": "", "question": question, "kind": kind,
        "answer": answer, "submitted": cells[top.at[DONE]],
    }  # fmt: skip
    if form.phase is not None:
        columns["phase"] = form.phase
        said = words_of(cells[form.phase])
        values["phase"] = phase_of(said) or ("" if ";" in said else said)
    if form.school is not None:
        columns["school"] = form.school
        values["school"] = without(words_of(cells[form.school]))
    return Record(number, columns, values)


def _tell(top: Top, form: Form, kinds: dict[int, Kind], taken_out: list[str]) -> None:
    tell = top.report.warnings.append
    if form.phase is None:
        tell(f"No question asks for the phase: it is {NOT_RECORDED}.")
    for column, kind in kinds.items():
        if kind.ranking:
            tell(f"'{form.questions[column]}' is a ranking: of each response, what was ranked first is kept.")
    if cells := list(dict.fromkeys(taken_out)):
        more = f" and {len(cells) - NAMED:,} more" if len(cells) > NAMED else ""
        tell(
            f"E-mail addresses, telephone numbers, postcodes or links were taken out of answers and are not stored: "
            f"{', '.join(cells[:NAMED])}{more}. Answers may hold names too: read them before they are shown."
        )


def _is_form(headings: Collection[str]) -> bool:
    return HEADINGS.issubset(headings)


responses = Source("Microsoft Forms", Answer, _is_form, whole=_responses, private=about_a_person, ours=True)
