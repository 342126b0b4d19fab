"""The Inclusion Week survey: 321 invented forms, one line an answer."""

import datetime as dt
from random import Random
from typing import NamedTuple

from sample_data.comments import DIFFERENTLY, WORKED_WELL
from sample_data.places import School, schools
from sample_data.workbook import Sheet

HEADINGS = ("Respondent ID", "Phase", "School", "Question", "Question type", "Response", "Completion time")
FORMS = {"Primary": 207, "Secondary": 99, "Post-16": 15}
ONE, MANY, SCALE, TEXT = "One choice", "Many choices", "Scale", "Text"
ANSWERED = 0.96


class Choices(NamedTuple):
    """A closed question: its kind, its answers, and by phase their weights (of many: how likely each is ticked)."""

    kind: str
    answers: tuple[str, ...]
    weights: dict[str, tuple[float, ...]]

    def answered(self, rng: Random, phase: str) -> list[str]:
        """What one form says."""
        weights = self.weights[phase]
        if self.kind == MANY:
            return [answer for answer, share in zip(self.answers, weights, strict=True) if rng.random() < share]
        return rng.choices(self.answers, weights)


QUESTIONS = {
    "Did your setting take part in Inclusion Week?": Choices(ONE,
        ("Yes, all week", "Yes, on some days", "No, but we would like to"),
        {"Primary": (62, 30, 8), "Secondary": (35, 49, 16), "Post-16": (45, 55, 0)}),
    "Which activities did you take part in?": Choices(MANY,
        ("Project Indi", "Opening assembly", "Staff training", "Sensory story morning",
         "Parent and carer coffee morning", "Inclusive sports afternoon"),
        {"Primary": (0.56, 0.66, 0.61, 0.47, 0.38, 0.33), "Secondary": (0.36, 0.5, 0.68, 0.12, 0.14, 0.42),
         "Post-16": (0.4, 0.4, 0.75, 0.0, 0.0, 0.4)}),
    "How confident are you in meeting the needs of children and young people with SEND?": Choices(SCALE,
        ("1 Not at all confident", "2", "3", "4", "5 Very confident"),
        {"Primary": (5, 11, 28, 38, 18), "Secondary": (7, 17, 33, 31, 12), "Post-16": (0, 0, 45, 55, 0)}),
    "What would help your setting most?": Choices(ONE,
        ("Time with a specialist teacher", "Earlier advice from health services", "Training for all staff",
         "Working with other schools", "Adaptations to the building"),
        {"Primary": (34, 28, 18, 11, 9), "Secondary": (27, 22, 28, 12, 11), "Post-16": (60, 0, 40, 0, 0)}),
    "How likely are you to take part again?": Choices(SCALE, ("1 Not at all likely", "2", "3", "4", "5 Very likely"),
        {"Primary": (0, 5, 12, 31, 52), "Secondary": (0, 9, 22, 36, 33), "Post-16": (0, 0, 0, 50, 50)}),
}  # fmt: skip
OPEN_QUESTIONS = {
    "What worked well in your setting?": WORKED_WELL,
    "What should we do differently next year?": DIFFERENTLY,
}
FIRST_DAY, DAYS = dt.date(2025, 11, 24), 19


def survey() -> Sheet:
    """Every answer of every form, in the order the forms came in."""
    rng = Random("sendviz sample: survey")
    phases = [phase for phase, how_many in FORMS.items() for _ in range(how_many)]
    comments = {question: _writers(rng, phases, texts) for question, texts in OPEN_QUESTIONS.items()}
    forms = [(FIRST_DAY + dt.timedelta(days=int(rng.triangular(0, DAYS, 4))), n) for n in range(len(phases))]
    rows: list[tuple[object, ...]] = []
    for number, (submitted, n) in enumerate(sorted(forms), start=1):
        school = rng.choice(_schools(phases[n]))
        for question, kind, answer in _answers(rng, phases[n]):
            rows.append((number, phases[n], school.name, question, kind, answer, submitted))
        for question, texts in comments.items():
            if n in texts:
                rows.append((number, phases[n], school.name, question, TEXT, texts[n], submitted))
    return Sheet("Survey", HEADINGS, rows)


def _schools(phase: str) -> list[School]:
    return [s for s in schools() if s.phase == phase and s.in_city and s.status == "Open"]


def _writers(rng: Random, phases: list[str], texts: dict[str, tuple[str, ...]]) -> dict[int, str]:
    """Who wrote each comment: form -> text."""
    wrote: dict[int, str] = {}
    for phase, lines in texts.items():
        forms = [n for n, of in enumerate(phases) if of == phase]
        wrote.update(zip(rng.sample(forms, len(lines)), lines, strict=True))
    return wrote


def _answers(rng: Random, phase: str) -> list[tuple[str, str, str]]:
    """Question, kind and answer; a form sent in has at least one."""
    given: list[tuple[str, str, str]] = []
    while not given:
        for question, choices in QUESTIONS.items():
            if rng.random() < ANSWERED:
                given += [(question, choices.kind, answer) for answer in choices.answered(rng, phase)]
    return given
