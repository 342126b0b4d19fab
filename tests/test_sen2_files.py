"""The files of a SEN2 return: joined across files and forms, told apart, and what is wrong in them told where it is."""

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendviz.intake import check
from sendviz.sources.sen2 import FORMS
from tests.returns import Made, as_csv, as_xml, changed, invented, made, read_back

BLADE = "Blade-Export_28-01-2025_"
PLAN = "namedplantableid | assessmenttableid | StartDate | CeaseDate | CeaseReason\n"
REQUEST = "requeststableid | persontableid | ReceivedDate | RequestOutcome | RequestOutcomeDate\n"


def told(folder: Path, what: Made) -> list[str]:
    return [line.replace(BLADE, "") for line in made(folder, what)[1]]


def within_a_namespace(path: Path) -> Path:
    path.write_text(path.read_text().replace("<Message>", '<!-- ours --><Message xmlns="urn:example:return">'))
    return path


def test_both_forms_of_a_return_give_the_same(tmp_path: Path) -> None:
    what = invented(120)
    (blades, said), (xml, said_too) = (
        read_back(as_csv(tmp_path / "blades", what)),
        read_back([within_a_namespace(as_xml(tmp_path / "return.xml", what))]),
    )
    assert said == said_too and {name: len(rows) for name, rows in blades.items()} == {
        "ehcp_cohort": 1351, "referrals": 15, "plans": 9, "placements": 136,
    }  # fmt: skip
    numbers = {"referral_id", "plan_id"}  # each form numbers rows in its own way
    for name, rows in blades.items():
        assert [r.model_dump(exclude=numbers) for r in rows] == [r.model_dump(exclude=numbers) for r in xml[name]]


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        ({"Requests": REQUEST + "R1 | P9 | 2024-01-10 | Y | 2024-02-01"},
         ["requests.csv C2 persontableid: no row of person.csv has this persontableid 'P9'"]),
        ({"Requests": REQUEST + "R1 | P1 | 2024-Feb-30 | Y | 2024-02-01"},
         ["requests.csv D2 receiveddate: must be a date, day first, such as 31/01/2026 '2024-Feb-30'"]),
        ({"Requests": REQUEST + "R1 | P1 | _ | Y | 2024-02-01"},
         ["requests.csv D2 receiveddate: must be a date, day first, such as 31/01/2026 ''"]),
        ({"Requests": REQUEST + "R1 | P1 | 2024-03-10 | Y | 2024-02-01"},
         ["requests.csv G2 requestoutcomedate: A decision cannot be before its referral '2024-Feb-01 00:00:00'"]),
        ({"NamedPlan": PLAN + "N1 | E1 | 2024-03-10 | 2024-03-01 | 2"},
         ["named_plan.csv J2 ceasedate: a plan cannot cease before it starts '2024-Mar-01 00:00:00'"]),
        ({"NamedPlan": PLAN + "N1 | E1 | 2020-03-10 | _ | 2"},
         ["named_plan.csv J2 ceasedate: must be a date, day first, such as 31/01/2026 ''"]),
        ({"NamedPlan": PLAN + "N1 | E1 | 2020-03-10 | _ | _\nN1 | E1 | 2021-03-10 | _ | _"},
         ["named_plan.csv A3 namedplantableid: the same namedplantableid as in A2: each may occur once 'N1'"]),
        ({"NamedPlan": PLAN + "_ | E1 | 2020-03-10 | _ | _"},
         ["named_plan.csv A2 namedplantableid: must be filled in ''",
          "plan_detail.csv C2 namedplantableid: no row of named_plan.csv has this namedplantableid 'N1'",
          "1 active plan has no named plan, so no date from which to count them: they are left out."]),
        ({"Person": "persontableid | UPN | PersonBirthDate | Sex\nP1 | A1 | 1990-05-05 | M"},
         ["person.csv E2 personbirthdate: must be a date of birth, day first, that gives an age from 0 to 25 "
          "'(not shown)'"]),
        ({"Person": "persontableid | UPN | PersonBirthDate | Sex\nP1 | A1 | soon | M"},
         ["person.csv E2 personbirthdate: must be a date, day first, such as 31/01/2026 '(not shown)'"]),
        ({"Person": "persontableid | UPN | PersonBirthDate | Sex\nP1 | A1 | 2014-05-05 | M\nP2 | A1 | 2014-05-05 | M"},
         ["person.csv I3 upn: the same pupil number as in I2: each may occur once 'A1'"]),
        ({"PlacementDetail": "placementdetailtableid | activeplanstableid | URN | EntryDate | LeavingDate\n"
                             "S1 | L1 | 100001 | 2024-09-01 | 2024-03-01"},
         ["placement_detail.csv J2 leavingdate: A placement cannot end before it starts '01/03/2024'"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_once_and_where_it_stands(
    tmp_path: Path, tables: dict[str, str], expected: list[str]
) -> None:
    assert told(tmp_path, changed(**tables)) == expected


def test_rows_that_hold_only_their_numbers_are_no_plan(tmp_path: Path) -> None:
    rows, said = made(tmp_path, changed(NamedPlan=PLAN + "N1 | E1 | _ | _ | _"))
    assert rows["ehcp_cohort"] == [] and len(said) == 1
    assert said[0].startswith("1 active plan has no named plan, so no date from which to count them")


def test_dates_as_any_system_writes_them(tmp_path: Path) -> None:
    for start in ("2024-05-03", "03/05/2024", "2024-May-03 00:00:00", "2024-05-03T00:00:00"):
        rows, said = made(tmp_path, changed(NamedPlan=PLAN + f"N1 | E1 | {start} | _ | _"))
        assert said == [] and rows["ehcp_cohort"][0].month_end == dt.date(2024, 5, 31)


def test_a_lone_part_says_which_are_missing(tmp_path: Path) -> None:
    paths = as_csv(tmp_path, changed())
    report = check([paths[0], paths[3]])
    assert report.lines()[-2:] == [
        "SEN2 return (2 files): a SEN2 return comes in 8 parts, and these are not among the files loaded: requests, "
        "assessment, plan_detail, active_plans, placement_detail, sen_need. Load all of them together",
        "1 problem: nothing was stored.",
    ]


def test_a_part_that_is_there_twice(tmp_path: Path) -> None:
    paths = as_csv(tmp_path, changed())
    again = tmp_path / "again.csv"
    again.write_text(paths[0].read_text() + "\n")
    _, said = read_back([*paths, again])
    assert said == [f"again.csv  : {BLADE}person.csv holds the same part of the SEN2 return: load one of the two ''"]


def test_a_heading_that_is_missing(tmp_path: Path) -> None:
    paths = as_csv(tmp_path, changed())
    paths[3].write_text(paths[3].read_text().replace("ceasedate", "ended"))
    _, said = read_back(paths)
    assert said == [f"{BLADE}named_plan.csv  ceasedate: the heading 'ceasedate' is missing from row 1 ''"]


def test_the_year_comes_from_the_return_or_from_its_files_names(tmp_path: Path) -> None:
    paths = as_csv(tmp_path, changed())
    assert read_back(paths)[0]["ehcp_cohort"][0].month_end == dt.date(2023, 12, 31)
    plain = [path.rename(tmp_path / f"{path.stem.removeprefix(BLADE)}.csv") for path in paths]
    _, said = read_back(plain)
    assert len(said) == 1 and "nothing says which year it is for" in said[0]
    head = tmp_path / "sen2.csv"
    head.write_text("sen2tableid,collection,year\n1,SEN2,2024\n")
    assert read_back([*plain, head])[0]["ehcp_cohort"][0].month_end == dt.date(2022, 12, 31)


PERSON = "<Person><UPN>A1</UPN><PersonBirthDate>2014-13-01</PersonBirthDate></Person>"


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (f"<Message><Persons>\n{PERSON}</Persons></Message>", "return.xml: nothing says which year it is for"),
        ("<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2025</Year><ReferenceDate>2025-03-31</ReferenceDate>"
         "</CollectionDetails></Header></Message>", "there is no person in it: it is not a SEN2 return"),
        ("<Message><Persons><Person><UPN>A1</UPN>\n", "The XML cannot be read beyond line 2 (no element found)"),
        ("<Message><!DOCTYPE a [<!ENTITY b 'c'>]><Persons/></Message>", "The XML cannot be read beyond line 1"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><Message/>", "is XML, not a spreadsheet"),
        ("<?xml version='1.0' encoding='klingon'?><Message></Message>", "in an encoding that is not known"),
        ("<Message>" + "<a>" * 20 + "</a>" * 20 + "</Message>", "is nested deeper than a return is"),
        ("<Message>" + "".join(f"<a{n}><b/></a{n}>" for n in range(99)) + "</Message>", "more kinds of elements"),
        ("<Message><a>" + "".join(f"<b{n}/>" for n in range(999)) + "</a></Message>", "more kinds of fields"),
        ("<Message/>", "The file is empty"),
    ],
)  # fmt: skip
def test_xml_that_is_no_return_gets_one_sentence(tmp_path: Path, xml: str, expected: str) -> None:
    path = tmp_path / "return.xml"
    path.write_text(xml)
    assert expected in check([path]).lines()[-2]


def test_a_problem_in_xml_names_the_line(tmp_path: Path) -> None:
    head = "<Header><CollectionDetails><Collection>SEN2</Collection><Year>2025</Year>"
    path = tmp_path / "return.xml"
    path.write_text(f"<Message>\n{head}</CollectionDetails></Header>\n<Persons>\n{PERSON}</Persons></Message>")
    assert read_back([path])[1] == [
        "return.xml number 1, line 4 PersonBirthDate: must be a date, day first, such as 31/01/2026 '(not shown)'"
    ]


def test_the_document_names_every_heading_that_is_read() -> None:
    document = (Path(__file__).parent.parent / "docs" / "sen2.md").read_text()
    for name, form in FORMS.items():
        headings = {*form.tells, *form.must, *form.may, *form.aka} - {"sourcelevel", "gender"}
        assert [heading for heading in headings if f"`{heading}`" not in document] == [], name


damage = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), st.text(max_size=8)), min_size=1, max_size=4)


@given(st.integers(0, 8), damage)
def test_a_damaged_return_is_refused_or_read_but_never_ends_in_a_traceback(
    which: int, hits: list[tuple[float, int, str]]
) -> None:
    with TemporaryDirectory() as folder:
        what = invented(6)
        blades, xml = as_csv(Path(folder), what), as_xml(Path(folder) / "return.xml", what)
        hurt = [*blades, xml][which]
        text = hurt.read_text()
        for at, gone, instead in hits:
            place = int(at * len(text))
            text = text[:place] + instead + text[place + gone :]
        hurt.write_text(text, encoding="utf-8", errors="replace")
        report = check([xml] if hurt == xml else blades)
        assert report.files and report.lines()
