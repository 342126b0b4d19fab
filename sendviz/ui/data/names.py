"""What a dropped file is called on the screen and in the store; its name is never used as a path."""

import re
from pathlib import PurePosixPath
from typing import Any

from sendviz.vocabulary.fields import plain

LONGEST = 120  # letters


def name_of(file: Any) -> str:
    """The name of a dropped file: without folders, whichever system's, without what cannot be seen (which could turn
    its letters round), and not longer than the screen takes; its ending stays."""
    name = plain(re.split(r"[/\\]", file.name)[-1]) or "a file without a name"
    ending = PurePosixPath(name).suffix
    return name if len(name) <= LONGEST else f"{name[: LONGEST - len(ending) - 1]}…{ending}"
