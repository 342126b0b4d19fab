"""sendviz: the list of pages, and the server. A page's link differs from its file's name: Streamlit, which also knows
pages by their files' names, would else show the page without its frame to whoever comes first by that link."""

import streamlit as st

from sendviz import ui


def pages() -> tuple[st.Page, ...]:
    """The menu."""
    return (
        st.Page("pages/overview.py", title="Overview", icon=":material/home:", default=True),
        st.Page("pages/cohort.py", title="EHCP cohort", icon=":material/groups:", url_path="ehcp-cohort"),
        st.Page("pages/referrals.py", title="Referrals", icon=":material/inbox:", url_path="ehcp-referrals"),
        st.Page("pages/plans.py", title="Final plans", icon=":material/task:", url_path="final-plans"),
        st.Page(
            "pages/placements.py", title="Placements and costs", icon=":material/school:",
            url_path="placements-and-costs",
        ),
        st.Page(
            "pages/health.py", title="Health waiting times", icon=":material/timer:", url_path="health-waiting-times"
        ),
        st.Page("pages/survey.py", title="Inclusion Week", icon=":material/forum:", url_path="inclusion-week"),
        st.Page("pages/localities.py", title="Clusters", icon=":material/hub:", url_path="clusters"),
        st.Page("pages/areas.py", title="Compare", icon=":material/compare_arrows:", url_path="compare"),
        st.Page("pages/meeting.py", title="Present", icon=":material/co_present:", url_path="present"),
        st.Page("pages/phone.py", title="Follow along", url_path="follow", visibility="hidden"),
        st.Page("pages/loading.py", title="Data", icon=":material/upload_file:", url_path="data"),
        st.Page("pages/definitions.py", title="About", icon=":material/info:", url_path="about"),
    )  # fmt: skip


if __name__ == "__main__":  # a visit: Streamlit runs this file as a script
    ui.run(pages())
else:  # the start of the server, by `streamlit run app.py`
    ui.guard()
    app = st.App(__file__, lifespan=ui.ready, routes=[ui.HEALTH], middleware=ui.middleware(), on_script_error=ui.say)
