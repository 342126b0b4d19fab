"""What people or data have written, where Streamlit reads Markdown: in labels, hints and messages."""

import re

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")  # whatever may mean something


def plain(text: str) -> str:
    """The text without anything in it meaning something."""
    return _MARKS.sub(r"\\\1", text)
