"""What people or data have written, where Streamlit reads Markdown: in labels, hints and messages."""

import re

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")  # whatever may mean something
_MEANS = re.compile(r"[*_$\\`~<>\[\]|@]|:\w|\w:|--|&\w+;|www\.|^\s*(#|[-+]\s|\d+[.)]\s)")  # what does within a line

_ADDRESS = re.compile(r"(https?(?=:)|www(?=\.))", re.IGNORECASE)  # would be a link, whatever stands before its marks
JOINER = "\u2060"  # unseen, and of no width


def plain(text: str) -> str:
    """The text without anything in it meaning something."""
    return _MARKS.sub(r"\\\1", _ADDRESS.sub(rf"\1{JOINER}", text))


def means_something(text: str) -> bool:
    """Whether it would not be shown as it was written."""
    return bool(_MEANS.search(text))
