"""Writes the sample extracts beside itself: `python -m sample_data.make`.

The same program makes the same files. The CSV files are not made here: they are DfE's, cut to their total rows.
"""

import sys
from pathlib import Path

from sample_data import clusters, final_plans, money, published, requests, services, survey
from sample_data.lives import History, live
from sample_data.workbook import Sheet, write

HERE = Path(__file__).parent
COHORT = (
    "Snapshot date", "UPN", "Age", "NC Year", "Key stage", "Sex", "Primary need", "CLA", "Home LEA", "Funding LEA",
    "City status", "Placement type", "Base", "URN", "Locality",
)  # fmt: skip


def sheets() -> list[Sheet]:
    """The sample: one sheet for each source system."""
    history = live("sendviz sample: pupils")
    return [
        cohort(history),
        requests.sheet(),
        final_plans.final_plans(history),
        money.placements(history),
        money.expenditure(),
        services.health(),
        survey.survey(),
        services.activities(),
        clusters.register(),
        clusters.measures(history, requests.referrals()),
        clusters.funding(),
        published.sheet(),
    ]


def cohort(history: History) -> Sheet:
    """The cohort at every month end, pupil by pupil."""
    return Sheet("EHCP cohort", COHORT, history.lines)


def make(folder: Path) -> list[Path]:
    """The workbooks written into the folder, each named after its sheet."""
    paths = []
    for sheet in sheets():
        paths.append(folder / f"{sheet.name}.xlsx")
        write(paths[-1], sheet)
    return paths


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
