"""The codes of the SEN2 return (DfE, guide to the person level return), and what they become."""

from collections.abc import Mapping

from sendviz.datasets.referrals import SOURCES, Referral
from sendviz.loading import Line, Part
from sendviz.vocabulary.dimensions import NEEDS

AGREED, NOT_AGREED, WITHDRAWN, PENDING = Referral.fields["outcome"].known
SETTING, PARENT, HEALTH, SOCIAL_CARE, OTHER = SOURCES

REQUEST_SOURCE = {"1": PARENT, "2": SETTING, "3": HEALTH, "4": SOCIAL_CARE, "5": OTHER}
HISTORIC = "H"  # decided before the return's year
REQUEST_OUTCOME = {"Y": AGREED, "N": NOT_AGREED, "W": WITHDRAWN, "A": PENDING, HISTORIC: AGREED}
SEX = {"F": "F", "M": "M", "1": "M", "2": "F", "U": "", "0": "", "9": ""}
NEED = {code: code for code in NEEDS}
FLAG = {"1": "Y", "0": "N", "TRUE": "Y", "FALSE": "N", "Y": "Y", "N": "N", "": "N"}

# A placement without a school: what it is called, and its school type.
WITHOUT_SCHOOL = {
    "OLA": ("Arranged by the authority (section 61)", "Out of school"),
    "OPA": ("Arranged by parents (section 42(5))", "Out of school"),
    "EHE": ("Elective home education", "Out of school"),
    "EYP": ("Early years provider", "Nursery"),
    "OTH": ("Other setting", ""),
    "NEET": ("Not in education, employment or training", "Out of school"),
    "NIEC": ("Not in education, plan to cease", "Out of school"),
    "NIEO": ("Not in education, other", "Out of school"),
}


class Coded:
    """Reads a part's column of codes. A code that is not known is kept, as `Code X`, with a warning that says where it
    was met first."""

    def __init__(self, part: Part, name: str, known: Mapping[str, str], warnings: list[str]) -> None:
        self._part, self._name, self._known, self._warnings = part, name, known, warnings
        self._unknown: set[str] = set()

    def __call__(self, line: Line) -> str:
        """What the code of a row means; '' for a blank."""
        code = self._part.text(line, self._name).upper()
        if not code or code in self._known:
            return self._known.get(code, "")
        if code not in self._unknown:
            self._unknown.add(code)
            where = f"{self._part.report.file}, {self._part.place(line, self._name)}"
            heading = self._part.heading(self._name)
            self._warnings.append(f"{heading} {code} is not a code that is known ({where}): kept as 'Code {code}'.")
        return f"Code {code}"
