"""Extracts whose every personal value is marked, so that it is known again wherever it may turn up."""

import datetime as dt
import zipfile
from io import BytesIO
from pathlib import Path

from tests.sheets import saved

ID, NAME, POSTCODE, EMAIL, NOTE = "MARKED-7Q3Z", "Quillfeather", "ZZ9 9QX", "quill.parent@", "MARKED-NOTE-4T"
BORN = dt.date(2011, 7, 13)
FAULT = "MARKED-FAULT-9J"
MARKS = (ID, NAME, POSTCODE, EMAIL, NOTE, f"{BORN:%d/%m/%Y}", f"{BORN:%Y-%m-%d}", FAULT)
MONTH_ENDS = ("30/11/2025", "31/12/2025", "31/01/2026")
PUPILS = 14

COHORT = (
    "Month end | UPN | Pupil name | Date of birth | Home postcode | Parent e-mail | Case comment | NC year | "
    "Key stage | Gender | Primary need | In care | Home LA | Funding LA | City status | School type | "
    "School name | Locality"
)
REFERRALS = (
    "Referral ID | UPN | Forename | Referral date | Assessment type | Source | Outcome | School name | Phase | Locality"
)
PLACEMENTS = "UPN | Surname | School type | School name | Locality | Placement start | Annual cost | As at"


def extract(path: Path) -> Path:
    """A workbook that loads: three sheets about the same children."""
    cohort = [COHORT, *(_state(day, number) for day in MONTH_ENDS for number in range(PUPILS))]
    referrals = [REFERRALS, *(
        f"R-{n} | {ID}-{n} | {NAME} | 05/{n % 3 + 10}/2025 | Initial Assessment | Health | Assessment agreed | "
        f"Elm Primary | Primary | {_locality(n)}" for n in range(PUPILS)
    )]  # fmt: skip
    placements = [PLACEMENTS, *(
        f"{ID}-{n} | {NAME} | {_kind(n)} | Elm Primary | {_locality(n)} | 01/09/2024 | 9000 | 31/01/2026"
        for n in range(PUPILS)
    )]  # fmt: skip
    sheets = {"EHCP_cohort": cohort, "Referrals": referrals, "Placements": placements}
    return saved(path, **{name: "\n".join(lines) for name, lines in sheets.items()})


def faulty(path: Path) -> Path:
    """The cohort with one cell that cannot be."""
    return saved(path, EHCP_cohort="\n".join((COHORT, _state("28/02/2026", 1), _state("28/02/2026", 2, FAULT))))


def _state(day: str, number: int, in_care: str = "N") -> str:
    return (
        f"{day} | {ID}-{number} | {NAME} | {BORN:%d/%m/%Y} | {POSTCODE} | {EMAIL}example.uk | {NOTE} | 10 | KS4 | F | "
        f"ASD | {in_care} | Stoke | Stoke | In city | {_kind(number)} | Elm Primary | {_locality(number)}"
    )


def _kind(number: int) -> str:
    return "Special" if number % 2 else "Mainstream"


def _locality(number: int) -> str:
    return "Central" if number < 7 else "North"


def found(contents: bytes) -> set[str]:
    """The marks in a file, in the parts of a packed one, or in what was sent."""
    if contents.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(contents)) as packed:
            return {mark for name in packed.namelist() for mark in found(packed.read(name)) | found(name.encode())}
    folded = contents.lower()
    return {m for m in MARKS for form in ("utf-8", "utf-16-le") if m.lower().encode(form) in folded}
