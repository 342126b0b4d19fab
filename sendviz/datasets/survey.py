"""What schools and settings answered in the Inclusion Week survey."""

from typing import Annotated

from sendviz.vocabulary import SHARE, Exhibit, Measure, Row, Total, category, column
from sendviz.vocabulary.dimensions import Phase, School
from sendviz.vocabulary.fields import FreeText, Identifier, MaybeDay, Text

PAGE = "inclusion-week"
CHOSEN = ("One choice", "Many choices", "Scale")


class Answer(
    Row, title="Survey", dataset="survey", one="one answer to one question", origin="Inclusion Week survey", when=None,
    unique=("response_id", "question", "answer"), replaces=(),
):  # fmt: skip
    """One answer of one respondent to one question."""

    response_id: Identifier = column(
        "Response ID", "ID", "Respondent ID", description="One number for each form sent in."
    )
    phase: Phase
    school: School
    question: Text = column("Question", description="As it was asked.")
    kind: Annotated[str, category(*CHOSEN, "Text")] = column(
        "Kind", "Question type", description="What sort of question."
    )
    answer: FreeText = column("Answer", "Response", description="One answer; several ticked are several rows.")
    submitted: MaybeDay = column(
        "Submitted", "Completion time", "Submitted date", optional=True, description="The day the form was sent in."
    )


responses = Measure(
    "Survey responses", of=Total(Answer, each="response_id"), counts="respondents", why="Forms sent in."
)
share = Measure(
    "Respondents who gave the answer",
    of=Total(Answer, each="response_id", only={"kind": CHOSEN}),
    over=Total(Answer, each="response_id", only={"kind": CHOSEN}),
    across=("answer",), unit=SHARE, counts="respondents",
    why="People who gave the answer, of the people who answered the question. Where many answers could be ticked, "
        "shares add up to more than 100%.",
)  # fmt: skip
comments = Measure(
    "Respondents who wrote a comment", counts="respondents",
    of=Total(Answer, each="response_id", only={"kind": "Text"}),
    why="People who wrote an answer of their own. Comments are shown for groups of at least five responses.",
)  # fmt: skip

survey_responses = Exhibit(
    "survey-responses", "Responses by phase", (responses,), ("phase",),
    chart="bars", page=PAGE,
    headline="{total:response was|responses were} sent in, {top_share} of them from {top_in_sentence} settings",
    alone="{total:response was|responses were} sent in from {top_in_sentence} settings",
)  # fmt: skip
survey_answers = Exhibit(
    "survey-answers", "Answers by phase", (share,), ("question", "phase", "answer"),
    chart="answers", page=PAGE, apart=("question", "answer"), every=("phase",), options={"category": "answer"},
    headline="“{top_answer}” was the most common answer to “{top_question}”, given by {top_value} of those "
             "who answered",
)  # fmt: skip
survey_comments = Exhibit(
    "survey-comments", "What people wrote", (comments,), ("question", "phase"),
    chart="comments", page=PAGE, apart=("question",), every=("phase",),
    headline="{top_value:person|people} answered “{top_question}” in their own words", texts="answer",
)  # fmt: skip
