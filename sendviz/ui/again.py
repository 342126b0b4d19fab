"""Going on after the line to the server was lost: the page asks again for what it shows.

Streamlit's own browser side finds the server again within a second and keeps every filter, but runs the page only at
the next change. Where another process has taken over (or the same one has started anew) that process knows nothing of
the visitor until then: a download would wait for ever. So the page is run as soon as the line is there again.
"""

import streamlit as st

from sendviz.ui.style import SCRIPT

KEY = "unseen-again"

ASK = f"""<script>
(() => {{
  const app = document.querySelector("[data-test-connection-state]");
  if (!app || app.dataset.watched) return;
  app.dataset.watched = "yes";
  let lost = false;
  new MutationObserver(() => {{
    const there = app.dataset.testConnectionState === "CONNECTED";
    if (there && lost) {{
      document.querySelector(".st-key-{KEY} button")?.click();
      app.dataset.back = "yes";
    }}
    lost = !there;
  }}).observe(app, {{attributeFilter: ["data-test-connection-state"]}});
}})();
</script>"""


# In one with the style's own: each element of a page costs the browser milliseconds at each change of a filter.
SCRIPTS = SCRIPT + ASK


def run_scripts() -> None:
    """Has the browser do its part, and the page run once more whenever it has lost the server and found it again."""
    with st.container(key=KEY):
        st.html(SCRIPTS, unsafe_allow_javascript=True)
        st.button("Show again", key=f"{KEY}-now")
