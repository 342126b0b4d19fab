"""What a question of a form asks for: who the respondent is, which school it is, which phase; told by its words."""

import re

from sendviz.datasets.survey import Answer
from sendviz.loading.personal import personal
from sendviz.vocabulary.dimensions import PHASES
from sendviz.vocabulary.fields import plain

_PLACE = "(school|setting|academy|college|nursery)"
_NAME_OF_PLACE = re.compile(rf"\bname of (\w+ ){{0,2}}{_PLACE}\b|\b{_PLACE}( or {_PLACE}| {_PLACE})? name\b")
_PLACE_ALONE = re.compile(rf"(your )?({_PLACE}|base)( or {_PLACE}| {_PLACE})?")
_WHICH_PLACE = re.compile(rf"(which|what) {_PLACE}\b.*\b(you|your)\b.*\b(work|teach|from|at|in|represent|based|for)\b")
_PERSON = re.compile(
    r"""
    \b(your|contact|respondents?|(head\ ?)?teachers?|send?cos?)(\ \w+){0,2}\ (name|initials|e\ ?mail|telephone|phone)
    | \bname\ of\ (the\ )?(person|respondent|member\ of\ staff|teacher|send?co) | \bdate\ of\ birth\b | \bpost\ ?code\b
    | \b(e\ ?mail|home|postal)\ address | \b(telephone|phone|mobile|contact)\ (number|details)""",
    re.VERBOSE,
)
_AROUND = re.compile(r"\b(schools?|academy|phase|settings?|education)\b", re.IGNORECASE)
SHORT = 3  # words: a longer question may speak of an address without asking for one

_SAID = {
    "early years": "Nursery", "college": "Post-16", "further": "Post-16", "further education": "Post-16",
    "sixth form": "Post-16", "alternative provision": "PRU", "pupil referral unit": "PRU", "university": PHASES[-1],
}  # fmt: skip
_phase = Answer.fields["phase"].takes


def _words(heading: str) -> str:
    said = re.sub(r"['\N{RIGHT SINGLE QUOTATION MARK}]s?\b", "", plain(heading).casefold())
    return " ".join(re.findall(r"\w+", said))


def about_the_school(question: str) -> bool:
    """Whether it asks which school or setting answers: "School or setting name", "Which school do you work in?"."""
    words = _words(question)
    return bool(_NAME_OF_PLACE.search(words) or _PLACE_ALONE.fullmatch(words) or _WHICH_PLACE.match(words))


def about_a_person(question: str) -> bool:
    """Whether it asks who the respondent is. Forms numbers headings that repeat its own: Name2 is one too."""
    words = _words(re.sub(r"\d+$", "", question))
    if about_the_school(question):
        return False
    return _PERSON.search(words) is not None or (len(words.split()) <= SHORT and personal(words))


def phase_of(answer: str) -> str | None:
    """The phase an answer names ("Primary school;" is Primary), None where it names none or several."""
    assert _phase, "the survey's phase is a category"
    for text in (plain(answer).strip("; "), plain(_AROUND.sub(" ", answer)).strip("; ")):
        phase = _SAID.get(text.casefold()) or str(_phase.read(text))
        if phase in PHASES:
            return phase
    return None
