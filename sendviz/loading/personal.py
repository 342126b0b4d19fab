"""Columns that are never stored: names, addresses, postcodes, e-mail, telephone numbers, dates of birth."""

import re

_WHO = "pupil|child|childs|student|learner|young person|person|parent|carer|guardian|mother|father|contact|respondent"
_PERSONAL = re.compile(
    rf"""(
      name | (full|first|last|sur|fore|family|given|middle|maiden|preferred|legal|known)\ ?names?
    | (preferred|legal|chosen)\ (sur|fore|first|last|family|given|middle)\ ?name
    | known\ as | initials | surname\ .* | forenames?\ .*
    | ({_WHO})s?(\ s)?\ ((full|first|last|sur|fore|family|given|middle)\ ?)?names? | ({_WHO})s?
    | (.*\ )?address(\ .*|\d*)? | (house|flat|building)\ (number|no|name) | street(\ .*)? | (home\ )?town
    | (.*\ )?post\ ?codes?(\ .*)? | (.*\ )?e\ ?mails?(\ .*)?
    | (.*\ )?(tele)?phones?(\ .*)? | (.*\ )?mobiles?(\ .*)? | tel(\ .*)?
    | (.*\ )?(dob|date\ of\ birth|birth\ ?date|birth\ ?day|d\ o\ b)(\ .*)?
    | nhs\ (number|no) | (ni|national\ insurance)\ (number|no)
    )""",
    re.VERBOSE,
)
_BIRTH = re.compile(r"(.*\ )?(dob|date of birth|birth ?date|d o b)(\ .*)?")


def _words(heading: object) -> str:
    spaced = re.sub(
        r"(?<=[a-z])(?=[A-Z])", " ", str(heading).replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    )
    return " ".join(re.findall(r"[a-z]+|\d+", spaced.casefold()))


def personal(heading: object) -> bool:
    """Whether a column of this heading would hold a person's name, address, contact or date of birth."""
    return _PERSONAL.fullmatch(_words(heading)) is not None


def of_birth(heading: object) -> bool:
    """Whether a column of this heading holds dates of birth."""
    return _BIRTH.fullmatch(_words(heading)) is not None
