"""What publishing would change, and the button that does it."""

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from sendviz.figures import Difference, differences
from sendviz.loading import Report
from sendviz.settings import settings
from sendviz.store import NoSuchUpload, StoreUnavailable
from sendviz.ui import opened, signin
from sendviz.ui.markdown import plain

SAID = "said of the last publishing"


def publishing(report: Report, uploads: Sequence[int], done: Callable[[], None]) -> None:
    """What would change, and the choice to publish or to leave it; `done` is called after either."""
    if not uploads:
        st.info("There is nothing to publish yet: put right what is named above and drop the files again.")
        return
    _changes(uploads)
    left = len({file.file for file in report.files if file.counted})
    if left:
        st.warning(f"{'1 file has' if left == 1 else f'{left} files have'} problems and will not be published.")
    if opened.sample():
        st.info("The sample goes when you publish: what you have not loaded yet will be empty.")
    with st.container(key="publish", horizontal=True):
        st.button("Publish", key="publish-now", type="primary", icon=":material/publish:", on_click=_publish,
                  args=(uploads, done))  # fmt: skip
        st.button("Leave it", key="leave", on_click=_leave, args=(uploads, done))


def said() -> None:
    """What came of the last publishing, once."""
    if words := st.session_state.pop(SAID, None):
        (st.success if words[0] else st.error)(plain(words[1]))


def _publish(uploads: Sequence[int], done: Callable[[], None]) -> None:
    try:
        opened.opened().publish(uploads, signin.loader())
    except (NoSuchUpload, StoreUnavailable) as error:
        st.session_state[SAID] = (False, str(error))
        return
    st.session_state[SAID] = (True, "Published. Everybody who looks sees the new figures from now on.")
    done()


def _leave(uploads: Sequence[int], done: Callable[[], None]) -> None:
    try:
        opened.opened().discard(uploads, signin.loader())
    except StoreUnavailable as error:
        st.session_state[SAID] = (False, str(error))
        return
    done()


def _changes(uploads: Sequence[int]) -> None:
    try:
        found = differences(opened.opened(), uploads, settings())
    except (NoSuchUpload, StoreUnavailable) as error:
        st.error(plain(str(error)))
        return
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Data", "What", "Shown now", "After publishing"))
    st.html(
        '<div class="plain changes"><h2>What publishing changes</h2><div class="scrolls" role="region" tabindex="0" '
        f'aria-label="What publishing changes"><table><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(map(_change, found))}</tbody></table></div></div>"
    )


def _change(one: Difference) -> str:
    cells = "".join(f"<td>{escape(text)}</td>" for text in (one.dataset, one.what, one.now))
    return f"<tr>{cells}<td>{escape('the same' if one.same else one.then)}</td></tr>"
