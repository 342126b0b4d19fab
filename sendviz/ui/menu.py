"""The pages in the menu, by the paths of their links."""

from collections.abc import Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from sendviz.access import Person

_KEPT = "menu"
WITHOUT_SIGN_IN = ("follow",)  # phones in the room: what they show is what is on the wall


def is_open(path: str, person: Person) -> bool:
    """Whether the page of this path is for this person: each sees those they can use."""
    return {"data": person.loads, "present": person.presents}.get(path, True)


def keep(pages: Sequence[StreamlitPage]) -> None:
    """Remembers the menu's pages for this session."""
    st.session_state[_KEPT] = {page.url_path: page for page in pages}


def there() -> bool:
    """Whether there is a menu: a page can also run by itself."""
    return _KEPT in st.session_state


def title(path: str) -> str:
    """The page's name in the menu, or else its path."""
    page = st.session_state.get(_KEPT, {}).get(path)
    return page.title if page else path


def place(path: str) -> int:
    """The page's place in the menu; those that are not in it come last."""
    paths = list(st.session_state.get(_KEPT, {}))
    return paths.index(path) if path in paths else len(paths)


def link(path: str) -> None:
    """A link to the page, where there is a menu."""
    if page := st.session_state.get(_KEPT, {}).get(path):
        st.page_link(page, icon=":material/arrow_forward:", icon_position="right", width="stretch")
