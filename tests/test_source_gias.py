"""The register of schools: this area's schools, what they are, and what an officer added to them."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import select

from sendviz.datasets.settings import Setting
from sendviz.intake import load
from sendviz.loading import SheetReport
from sendviz.sources import SOURCES
from sendviz.sources.gias import TYPES, kind_of, kind_of_number
from sendviz.store import Store
from sendviz.vocabulary.dimensions import PHASES, SCHOOL_TYPES
from tests.sheets import read, saved, told

FILES = Path(__file__).parent / "files"
COLUMNS = (FILES / "gias_columns.txt").read_text(encoding="utf-8").split("\n")[:140]
SCHOOL = {
    "URN": "900001", "LA (code)": "861", "LA (name)": "Stoke-on-Trent", "EstablishmentName": "Café Lane Primary School",
    "TypeOfEstablishment (name)": "Community school", "EstablishmentStatus (name)": "Open", "OpenDate": "01-09-2001",
    "PhaseOfEducation (name)": "Primary", "StatutoryLowAge": "3", "StatutoryHighAge": "11",
    "HeadFirstName": "Zebedee", "HeadLastName": "Quill", "TelephoneNum": "01782000000", "Street": "1 Nowhere Lane",
    "Town": "Stoke", "Postcode": "ZZ1 1ZZ", "PropsName": "A Proprietor", "Trusts (name)": "Potteries Trust",
}  # fmt: skip
NO_LOCALITIES = "The register has no localities: schools keep the one given before, others are Not recorded."


def written(path: Path, *schools: Mapping[str, str], encoding: str = "cp1252") -> Path:
    """A full extract with these schools; what is not said of one is as in SCHOOL."""
    with path.open("w", encoding=encoding, newline="") as file:
        lines = csv.DictWriter(file, COLUMNS)
        lines.writeheader()
        lines.writerows({**SCHOOL, **school} for school in schools)
    return path


def settings(path: Path) -> tuple[list[Setting], SheetReport]:
    rows, reports = read(path, sources=SOURCES)
    return cast(list[Setting], rows), reports[0]


def extracted(tmp_path: Path, *schools: Mapping[str, str]) -> tuple[list[Setting], SheetReport]:
    return settings(written(tmp_path / "edubasealldata20260131.csv", *schools))


def test_a_school_of_the_area_becomes_a_setting(tmp_path: Path) -> None:
    rows, report = extracted(tmp_path, {})
    assert told([report]) == [] and report.warnings == [NO_LOCALITIES]
    assert [row.model_dump() for row in rows] == [{
        "urn": "900001", "school": "Café Lane Primary School", "phase": "Primary", "school_type": "Mainstream",
        "locality": "Not recorded", "la_code": "861", "trust": "Potteries Trust", "status": "Open",
    }]  # fmt: skip


def test_names_telephone_and_addresses_are_left_out_and_said(tmp_path: Path) -> None:
    rows, report = extracted(tmp_path, {})
    assert {"HeadTitle (name)", "HeadFirstName", "HeadLastName", "TelephoneNum", "Street", "Address3", "Town",
            "Postcode", "PropsName"} <= set(report.dropped_columns)  # fmt: skip
    assert not {"EstablishmentName", "LA (name)", "Locality"} & set(report.dropped_columns)
    assert not {"Zebedee", "Quill", "01782000000", "ZZ1 1ZZ"} & {
        str(v) for row in rows for v in row.model_dump().values()
    }


def test_schools_of_other_authorities_are_counted_and_left_out(tmp_path: Path) -> None:
    other = {"LA (name)": "Staffordshire", "LA (code)": "860"}
    rows, report = extracted(tmp_path, {}, other | {"URN": "2"}, other | {"URN": "3"})
    assert [row.urn for row in rows] == ["900001"]
    assert report.warnings[1:] == ["Left out: 2 schools of other authorities than Stoke-on-Trent (SENDVIZ_AREA)."]


def test_an_extract_without_a_school_of_the_area_is_a_problem(tmp_path: Path) -> None:
    rows, report = extracted(tmp_path, {"LA (name)": "Wakefield"})
    assert rows == [] and [rule for *_, rule in told([report])] == [
        "no school of Stoke-on-Trent is in the file, only 1 school of other authorities: the setting SENDVIZ_AREA says "
        "which area this is"
    ]


def test_what_is_to_open_is_left_out_and_what_is_to_close_is_open(tmp_path: Path) -> None:
    stated = ("Open", "Open, but proposed to close", "Closed", "Proposed to open")
    rows, report = extracted(
        tmp_path, *({"URN": str(n), "EstablishmentStatus (name)": status} for n, status in enumerate(stated))
    )
    assert [row.status for row in rows] == ["Open", "Open", "Closed"]
    assert report.warnings[1:] == ["Left out as proposed to open: 1 school."]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (("Academy converter", "Secondary"), ("Mainstream", "Secondary")),
        (("Free schools", "Middle deemed primary"), ("Mainstream", "Primary")),
        (("Academy special converter", "Not applicable", "2", "19"), ("Special", "Specialist")),
        (("Non-maintained special school", "Not applicable"), ("Independent", "Specialist")),
        (("Other independent school", "Not applicable", "3", "11"), ("Independent", "Primary")),
        (("Other independent school", "Not applicable", "3", "18"), ("Independent", "Secondary")),
        (("Other independent school", "Not applicable"), ("Independent", "Not recorded")),
        (("Further education", "16 plus"), ("Further Education", "Post-16")),
        (("Special post 16 institution", "Not applicable"), ("Specialist post 16", "Post-16")),
        (("LOCAL AUTHORITY NURSERY SCHOOL", "Nursery"), ("PVI/Nursery", "Nursery")),
        (("Pupil referral unit", "Not applicable"), ("PRU", "PRU")),
        (("A type yet to come", "All-through"), ("Not recorded", "Secondary")),
    ],
)
def test_type_phase_and_ages_say_what_a_school_is(said: tuple[str, ...], kind: tuple[str, str]) -> None:
    assert kind_of(*said) == kind


def test_every_type_leads_to_a_known_school_type_and_phase() -> None:
    assert {school_type for school_type, _ in TYPES.values()} <= {*SCHOOL_TYPES, "Not recorded"}
    assert {phase for _, phase in TYPES.values() if phase} <= set(PHASES)


def test_a_type_that_is_not_known_is_said(tmp_path: Path) -> None:
    rows, report = extracted(tmp_path, {"TypeOfEstablishment (name)": "Sky school"})
    assert rows[0].school_type == "Not recorded"
    assert report.warnings[1:] == [
        "Types of establishment that are not known: 'Sky school' (1). Their school type is Not recorded."
    ]


def test_a_few_chosen_fields_are_enough(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    head = ("URN", "LA (name)", "EstablishmentName", "TypeOfEstablishment (name)", "EstablishmentStatus (name)",
            "StatutoryLowAge", "StatutoryHighAge")  # fmt: skip
    path.write_text(f"{','.join(head)}\n1,Stoke-on-Trent,Elm,Community school,Open,4,11\n")
    rows, report = settings(path)
    assert told([report]) == [] and [(row.phase, row.school_type, row.la_code) for row in rows] == [
        ("Primary", "Mainstream", None)
    ]


def test_a_fault_is_named_by_its_cell(tmp_path: Path) -> None:
    _, report = extracted(tmp_path, {}, {})
    assert told([report]) == [("A3", "URN", "900001", "the same URN as in A2: each may occur once")]


def test_the_list_by_academic_year() -> None:
    rows, report = settings(FILES / "gias_stoke_schools.csv")
    assert (
        told([report]) == []
        and len(report.warnings) == 2
        and "newest academic year in it is 2017/18" in report.warnings[1]
    )
    found = {row.urn: (row.school_type, row.phase, row.status) for row in rows}
    assert found == {
        "123948": ("PVI/Nursery", "Nursery", "Closed"), "123956": ("PVI/Nursery", "Nursery", "Open"),
        "134159": ("PRU", "PRU", "Open"), "140562": ("Mainstream", "Primary", "Open"),
        "138256": ("Mainstream", "Secondary", "Open"), "124387": ("Mainstream", "Secondary", "Closed"),
        "136102": ("Mainstream", "Secondary", "Open"), "124501": ("Special", "Specialist", "Open"),
    }  # fmt: skip


def test_a_list_of_several_authorities_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "schools.csv"
    path.write_text("AcademicYear,LA,LAEstab,SchoolName,URN\n201718,861,8612001,A,1\n201718,384,3842001,B,2\n")
    _, report = settings(path)
    assert len(told([report])) == 1 and "schools of 2 authorities by number alone" in told([report])[0][3]


def test_a_number_that_says_nothing() -> None:
    assert kind_of_number("861") == kind_of_number("8619001") == ("Not recorded", "Not recorded")


def localities(store: Store) -> dict[str, str]:
    table = store.table(Setting)
    with store.engine.connect() as connection:
        return dict(connection.execute(select(table.c.urn, table.c.locality)).all())


def test_localities_stay_when_the_register_is_loaded_again(store: Store, tmp_path: Path) -> None:
    ours = """
    URN    | Name | Phase   | School type | Locality | Open or closed
    900001 | A    | Primary | Mainstream  | Central  | Open
    900002 | B    | Primary | Mainstream  | _        | Open
    """
    assert load([saved(tmp_path / "ours.xlsx", Settings=ours)], store, "Ann").stored
    again = written(tmp_path / "edubase.csv", {}, {"URN": "900002"}, {"URN": "900003"})
    assert load([again], store, "Ann").stored
    assert localities(store) == {"900001": "Central", "900002": "Not recorded", "900003": "Not recorded"}
    moved = ours.replace("Central", "North  ")
    assert load([saved(tmp_path / "moved.xlsx", Settings=moved)], store, "Ann").stored
    assert localities(store)["900001"] == "North"


def test_the_samples_localities_are_not_kept(store: Store, tmp_path: Path) -> None:
    ours = (
        "URN | Name | Phase | School type | Locality | Open or closed\n900001 | A | Primary | Special | Central | Open"
    )
    load([saved(tmp_path / "sample.xlsx", Settings=ours)], store, "sample", sample=True)
    load([written(tmp_path / "edubase.csv", {})], store, "Ann")
    assert localities(store) == {"900001": "Not recorded"}
