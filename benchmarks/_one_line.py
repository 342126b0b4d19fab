"""The floor of a page: one filter and one line of text."""

import streamlit as st

MONTHS = [f"{month} 2024" for month in ("January", "February", "March", "April", "May", "June", "July", "August")]

st.title("One line")
chosen = st.selectbox("From", MONTHS, index=None)
st.write(f"From {chosen}")
