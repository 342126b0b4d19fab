"""Responses to a form become answers: what each question is for, what kind it is, and what is never stored."""

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendviz.charts import draw
from sendviz.datasets.survey import Answer, survey_answers
from sendviz.figures import answer
from sendviz.intake import load
from sendviz.loading import SheetReport
from sendviz.selection import Selection
from sendviz.settings import Settings
from sendviz.sources import SOURCES
from sendviz.sources.forms.kinds import Kind
from sendviz.sources.forms.questions import about_a_person, about_the_school, phase_of
from sendviz.sources.forms.removed import without
from sendviz.store import Store
from tests.sheets import read, saved, told

OWN = ("ID", "Start time", "Completion time", "Email", "Name")
DAY = dt.datetime(2026, 1, 12, 9, 30)
ACTIVITIES, TAKE_PART = "Which activities?\N{NO-BREAK SPACE}", "Did you take part?"


def exported(path: Path, questions: Sequence[str], *responses: Sequence[object]) -> Path:
    """A workbook as Forms gives it, with a response for each list of answers."""
    own = [(n, DAY, DAY + dt.timedelta(minutes=5), "anonymous", "A Person") for n, _ in enumerate(responses, 1)]
    lines = [(*mine, *answers) for mine, answers in zip(own, responses, strict=True)]
    return saved(path, Sheet1=[(*OWN, *questions), *lines])


def answers(path: Path) -> tuple[list[Answer], SheetReport]:
    rows, reports = read(path, sources=SOURCES)
    return cast(list[Answer], rows), reports[0]


def test_each_answer_of_each_response_becomes_a_row(tmp_path: Path) -> None:
    rows, report = answers(exported(
        tmp_path / "form.xlsx", ("Which phase are you in?", "School name", TAKE_PART, ACTIVITIES),
        ("Primary", "Elm", "Yes", "Assembly;Training;"), ("Secondary school", "Oak", "", "Training;"),
        ("Primary", "Elm", "Yes", ""), ("Primary", "", "Yes", "Assembly;"),
    ))  # fmt: skip
    assert told([report]) == [] and report.warnings == []
    assert report.dropped_columns == ["Email", "Name"]
    assert [(r.response_id, r.phase, r.school, r.question, r.kind, r.answer) for r in rows] == [
        ("1", "Primary", "Elm", "Did you take part?", "One choice", "Yes"),
        ("1", "Primary", "Elm", "Which activities?", "Many choices", "Assembly"),
        ("1", "Primary", "Elm", "Which activities?", "Many choices", "Training"),
        ("2", "Secondary", "Oak", "Which activities?", "Many choices", "Training"),
        ("3", "Primary", "Elm", "Did you take part?", "One choice", "Yes"),
        ("4", "Primary", "Not recorded", "Did you take part?", "One choice", "Yes"),
        ("4", "Primary", "Not recorded", "Which activities?", "Many choices", "Assembly"),
    ]
    assert {row.submitted for row in rows} == {dt.date(2026, 1, 12)}


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("Many choices", ["A;B;", "A;", "B;C;"]),
        ("Many choices", ["A;"]),
        ("Many choices", ["A;B", "A", "B;A", "A"]),
        ("Scale", ["1", "5", "3", ""]),
        ("Scale", ["10", "0"]),
        ("One choice", ["Yes", "No", "Yes", "Yes", "No", "Yes"]),
        ("One choice", ["12", "11", "12", "12", "11", "11"]),
        ("Text", ["12", "11", "14"]),
        ("Text", ["It was good; we liked it", "Too short", "Fine"]),
        ("Text", ["x" * 101] * 9),
        ("Text", ["", ""]),
    ],
)
def test_the_kind_of_a_question_is_worked_out_from_its_answers(kind: str, said: list[str]) -> None:
    assert Kind.of(said).name == kind


def test_what_only_one_person_chose_counts_as_other() -> None:
    one, many = Kind.of([*["Yes"] * 5, "Ask my deputy"]), Kind.of(["A;B;", "A;Ask my deputy;Me;", "B;"])
    assert [one.given(said) for said in ("Yes", "Ask my deputy", "")] == [["Yes"], ["Other"], []]
    assert many.given("A;Ask my deputy;Me;") == ["A", "Other"]


def test_of_a_ranking_what_is_first_counts() -> None:
    kind = Kind.of(["A;B;C;", "B;A;C;", "", "A;C;B;"])
    assert kind == Kind("One choice", ranking=True)
    assert [kind.given(said) for said in ("B;A;C;", "")] == [["B"], []]


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=4), min_size=1))
def test_every_tick_is_given_once(ticks: list[list[str]]) -> None:
    said = ["".join(f"{tick};" for tick in one) for one in ticks]
    kind = Kind.of(said)
    for one, text in zip(ticks, said, strict=True):
        known = [tick if tick not in kind.once else "Other" for tick in one]
        assert kind.given(text) == (known[:1] if kind.ranking else list(dict.fromkeys(known)))


@pytest.mark.parametrize(
    "question", ["Your name", "Name2", "Email1", "What is your email address?", "SENDCO's name", "Contact number",
                 "Name of person completing this form", "Home address", "Postcode"],
)  # fmt: skip
def test_a_question_for_a_person_is_private(question: str) -> None:
    assert about_a_person(question)


@pytest.mark.parametrize(
    "question", ["School or setting name", "What is the name of your school?", "Your school", "Setting",
                 "School\N{RIGHT SINGLE QUOTATION MARK}s name", "Which school do you work in?", "School/Setting"],
)  # fmt: skip
def test_a_question_for_the_school_is_no_question_for_a_person(question: str) -> None:
    assert about_the_school(question) and not about_a_person(question)


@pytest.mark.parametrize(
    "question", ["How should schools address bullying?", "Can you name one thing your school does well?",
                 "Did parents phone you about it?", "What does your setting offer?"],
)  # fmt: skip
def test_other_questions_are_kept(question: str) -> None:
    assert not about_a_person(question) and not about_the_school(question)


def test_phases_as_people_say_them() -> None:
    said = ("Primary school;", "SECONDARY", "Early years setting", "Special school", "Further education", "Sixth form")
    assert list(map(phase_of, said)) == ["Primary", "Secondary", "Nursery", "Specialist", "Post-16", "Post-16"]
    assert phase_of("Primary;Secondary;") is phase_of("Elm Primary") is phase_of("") is None


def test_the_phase_is_found_by_its_answers(tmp_path: Path) -> None:
    rows, report = answers(exported(
        tmp_path / "form.xlsx", ("What kind of setting are you?", TAKE_PART),
        ("Primary", "Yes"), ("Primary;Secondary;", "Yes"), ("Playgroup", "Yes"), ("Secondary", "Yes"),
    ))  # fmt: skip
    assert [row.phase for row in rows] == ["Primary", "Not recorded", "Playgroup", "Secondary"]
    assert {row.question for row in rows} == {TAKE_PART} and report.warnings == []


def test_a_form_that_asks_for_no_phase_says_so(tmp_path: Path) -> None:
    rows, report = answers(exported(tmp_path / "form.xlsx", (TAKE_PART,), ("Yes",), ("Yes",), ("Yes",)))
    assert {row.phase for row in rows} == {"Not recorded"}
    assert report.warnings == ["No question asks for the phase: it is Not recorded."]


def test_what_was_made_of_rankings_and_single_choices_is_said(tmp_path: Path) -> None:
    orders = ("A;B;C;", "B;A;C;", "A;C;B;", "A;B;C;")
    said = [(order, "Primary", answer) for order, answer in zip(orders, ("Yes", "Yes", "Yes", "Odd"), strict=True)]
    rows, report = answers(exported(tmp_path / "form.xlsx", ("Put in order", "Phase", TAKE_PART), *said, *said[:3]))
    assert [row.answer for row in rows if row.question == "Put in order"] == ["A", "B", "A", "A", "A", "B", "A"]
    assert [row.answer for row in rows if row.question == TAKE_PART].count("Other") == 1
    assert report.warnings == [
        "'Put in order' is a ranking: of each response, what was ranked first is kept.",
        "Choices that only one person made may be in their own words: they count as Other (1).",
    ]


def test_points_and_feedback_of_a_quiz_are_no_questions(tmp_path: Path) -> None:
    quiz = ("Total points", "Quiz feedback", TAKE_PART, f"Points - {TAKE_PART}", f"Feedback - {TAKE_PART}")
    rows, _ = answers(exported(tmp_path / "form.xlsx", quiz, (3, "Well done", "Yes", 1, "Good")))
    assert [(row.question, row.answer) for row in rows] == [(TAKE_PART, "Yes")]


def test_what_must_not_be_stored_is_taken_out_of_answers(tmp_path: Path) -> None:
    said = "Ask jo@elm.example or 07700 900123, ST4 1AA; see https://elm.example/jo.docx"
    rows, report = answers(exported(tmp_path / "form.xlsx", ("What worked well?", "Phase"), (said, "Primary")))
    assert [row.answer for row in rows] == ["Ask [e-mail address] or [telephone number], [postcode]; see [link]"]
    assert report.warnings == [
        "E-mail addresses, telephone numbers, postcodes or links were taken out of answers and are not stored: F2. "
        "Answers may hold names too: read them before they are shown."
    ]


@pytest.mark.parametrize(
    "said", ["We met 3 times in 2025/26", "KS2 and KS3", "20 of 150 (13%)", "£1,250,000", "a@b", "Y5 6th"]
)
def test_other_figures_stay_in_answers(said: str) -> None:
    assert without(said) == said


def test_faults_are_named_by_their_cells(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text(
        f"ID,Start time,Completion time,Email,Name,{TAKE_PART},Phase\n,x,1/13/2026 9:05:00,a@b.example,B,Yes,Primary\n"
    )
    _, report = answers(path)
    assert told([report]) == [
        ("A2", "ID", "", "must be filled in"),
        ("C2", "Completion time", "1/13/2026 9:05:00", "must be a date, day first, such as 31/01/2026"),
    ]


def test_a_form_without_questions_is_a_problem(tmp_path: Path) -> None:
    _, report = answers(exported(tmp_path / "form.xlsx", ("Phase",), ("Primary",)))
    assert [rule for *_, rule in told([report])] == ["there is no question beside those for the phase and the school"]


def test_a_form_is_loaded_and_said_to_take_the_place_of_the_one_before(store: Store, tmp_path: Path) -> None:
    autumn = exported(tmp_path / "autumn.xlsx", (TAKE_PART, "Phase"), ("Yes", "Primary"), ("No", "Primary"))
    spring = exported(tmp_path / "spring.xlsx", (TAKE_PART, "Phase"), ("No", "Primary"), ("No", "Primary"))
    assert load([autumn], store, "Ann").stored
    report = load([spring], store, "Ann")
    [warning] = report.files[0].warnings
    assert report.stored and re.fullmatch(
        r"This takes the place of autumn\.xlsx, loaded on [\d/]{10} \(2 rows\): to have that back, undo this upload\.",
        warning,
    )


def test_a_scale_is_drawn_from_its_top(store: Store, tmp_path: Path) -> None:
    said = [(str(n % 11), "Primary") for n in range(66)]
    assert load([exported(tmp_path / "form.xlsx", ("How likely?", "Phase"), *said)], store, "Ann").stored
    given_by = answer(survey_answers, Selection(), store, Settings(data_dir=tmp_path))
    drawn = draw(given_by).data.to_pydict()
    order = [
        name for part, name, wide in zip(drawn["part"], drawn["name"], drawn["wide"], strict=True)
        if part == "answer" and wide
    ]  # fmt: skip
    assert order == [str(n) for n in range(10, -1, -1)]
    assert {row.denominator for row in given_by.figures[0].rows} == {66}
