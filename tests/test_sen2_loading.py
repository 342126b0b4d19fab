"""A SEN2 return is stored, staged and taken from a folder as one, though it comes in several files."""

import os
import time
from pathlib import Path

from sendviz import folder
from sendviz.charts.lines import count_line
from sendviz.datasets.cohort import CohortPupil, care, in_care
from sendviz.figures import answer, key_number
from sendviz.intake import check, load, stage
from sendviz.selection import Selection
from sendviz.settings import Settings
from sendviz.store import STAGED, Store
from sendviz.ui.data import findings
from tests.returns import HEAD, as_csv, as_xml, changed, invented
from tests.sheets import comma_separated

SETTINGS = """
URN    | Name        | Phase     | School type | Locality | LA code | Open or closed
100001 | Elm Primary | Primary   | Mainstream  | Central  | 861     | Open
100002 | Oak School  | Specialist| Special     | North    | 861     | Open
"""


def test_a_return_is_stored_once_with_the_schools_that_came_with_it(store: Store, tmp_path: Path) -> None:
    what = changed()
    what.modules["Person"][0] |= {"Surname": "Quillfeather", "PostCode": "ZZ9 9ZZ"}
    paths = [*as_csv(tmp_path / "blades", what), tmp_path / "sen2.csv"]
    paths[-1].write_text(HEAD)
    settings = comma_separated(tmp_path / "Settings.csv", SETTINGS)
    report = load([*paths, settings], store, "Ann")
    assert report.stored
    assert {(u.file, u.dataset, u.rows) for u in store.uploads()} == {
        ("SEN2 return (9 files)", "ehcp_cohort", 13), ("SEN2 return (9 files)", "placements", 1),
        ("Settings.csv", "settings", 2),
    }  # fmt: skip
    assert set(store.rows(CohortPupil, ["school_type", "city_status"])) == {("Special", "In city")}
    assert "surname, forename, personbirthdate, postcode" in report.lines()[0]
    again = load(list(reversed(paths)), store, "Ben")
    assert not again.stored and "was loaded on" in again.lines()[-1] and len(store.uploads()) == 3


def test_in_care_is_not_available_from_a_return(store: Store, tmp_path: Path) -> None:
    assert load(as_csv(tmp_path / "blades", invented(60)), store, "Ann").stored
    found = key_number(in_care, Selection(), store, Settings(withhold_below=1))
    assert found.text == "not available"
    drawn = count_line(answer(care, Selection(), store, Settings(withhold_below=1)))
    assert set(drawn.data.column("numerator").to_pylist()) == {None}


def test_an_xml_return_is_loaded_and_known_again(store: Store, tmp_path: Path) -> None:
    path = as_xml(tmp_path / "return.xml", invented(40))
    assert load([path], store, "Ann").stored
    assert {u.file for u in store.uploads()} == {"return.xml"}
    assert "was loaded on" in load([path], store, "Ann").lines()[-1]


def test_returns_of_two_years_are_loaded_one_after_the_other(store: Store, tmp_path: Path) -> None:
    newer = as_xml(tmp_path / "2025.xml", invented(12))
    older = tmp_path / "2024.xml"
    older.write_text(newer.read_text().replace("2025-01-16", "2024-01-18"))
    clash = "sheet 'EHCP cohort' of 2024.xml has EHCP cohort for December 2023 too: load one of the two"
    assert any(clash in line for line in check([older, newer]).lines())
    assert load([older], store, "Ann").stored and load([newer], store, "Ann").stored
    assert len(store.covered(CohortPupil)) == 25


def test_a_return_with_a_problem_in_one_file_is_not_staged_and_waits_once(store: Store, tmp_path: Path) -> None:
    paths = as_csv(tmp_path, changed())
    good = paths[1].read_text()
    paths[1].write_text(good.replace("2019-Nov-01", "soon"))
    report = stage(paths, store, "Ann")
    assert store.uploads() == () and report.problems == 2
    assert (
        "SEN2 return (8 files): nothing of it can be loaded before Blade-Export_28-01-2025_requests.csv is put right"
        in (report.lines())
    )
    paths[1].write_text(good)
    (tmp_path / "again.csv").write_text(good + "\n")
    shown = findings.of(check(paths))
    assert "<strong>SEN2 return: named plan</strong>, 1 rows" in shown and "13 good rows" in shown
    assert not stage([*paths, tmp_path / "again.csv"], store, "Ann").ok and store.uploads() == ()
    assert stage(paths, store, "Ann").ok and stage(paths, store, "Ann").ok
    assert [(u.dataset, u.state) for u in store.uploads()] == [("placements", STAGED), ("ehcp_cohort", STAGED)]


def test_in_a_folder_a_return_moves_on_or_stays_as_one(database_url: str, tmp_path: Path) -> None:
    ours = Settings(database_url=database_url, data_dir=tmp_path / "data", sample=False)
    paths = as_csv(tmp_path / "incoming", changed())
    last = paths.pop()
    late = last.read_text()
    last.unlink()

    def run() -> list[str]:
        for path in (tmp_path / "incoming").iterdir():
            if path.is_file():
                os.utime(path, (time.time() - 60,) * 2)
        folder.load(tmp_path / "incoming", ours, "scheduler")
        return sorted(path.name for path in (tmp_path / "incoming").iterdir())

    assert run() == sorted([*(path.name for path in paths), *(f"{path.name}.report.txt" for path in paths)])
    assert "not among the files loaded: sen_need" in (tmp_path / "incoming" / f"{paths[0].name}.report.txt").read_text()
    last.write_text(late)
    assert run() == ["loaded"] and len(list((tmp_path / "incoming" / "loaded").iterdir())) == 8
