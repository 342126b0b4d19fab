"""Filters as the browser is told of them: one that is sent as set is drawn anew there, at a third of the whole time."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

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
