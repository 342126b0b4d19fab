"""Filters as the browser is told of them: one that is sent as set is drawn anew there, at a third of the whole time."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sendviz.selection import not_filtered_by
from tests.browsing import HOUSE

PAGES = sorted((HOUSE / "pages").glob("*.py"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
@pytest.mark.usefixtures("in_the_app")
def test_a_filter_is_set_only_when_its_choice_changes(page: Path) -> None:
    app = AppTest.from_file(str(page), default_timeout=60).run()
    for filters in (app.multiselect, app.pills):
        if filters:
            filters[0].select(filters[0].options[0])
    app.run()
    chosen = [filters[0].value for filters in (app.multiselect, app.pills) if filters]
    app.run()
    assert [f.key for f in (*app.multiselect, *app.pills, *app.selectbox) if f.proto.set_value] == []
    assert [filters[0].value for filters in (app.multiselect, app.pills) if filters] == chosen


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        ((), ""),
        (("Home LA",), "not filtered by home LA"),
        (("Key stage", "Dates"), "not filtered by key stage or dates"),
        (("Locality", "School type", "Dates"), "not filtered by locality, school type or dates"),
    ],
)
def test_filters_that_do_not_act_are_named_inside_a_sentence(labels: tuple[str, ...], said: str) -> None:
    assert not_filtered_by(labels) == said


@pytest.mark.usefixtures("in_the_app")
def test_a_key_number_says_which_filter_does_not_act_on_it() -> None:
    app = AppTest.from_file(str(HOUSE / "pages" / "referrals.py"), default_timeout=60)
    app.query_params["key_stage"] = "Key stage 2"
    numbers = [html.proto.body for html in app.run().get("html") if 'class="number"' in html.proto.body]
    assert numbers and all("not filtered by key stage" in body for body in numbers)
