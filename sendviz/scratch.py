"""Scratch: folders for files that hold children's data while they are worked on, and are gone afterwards."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "sendviz-scratch-"
LEFT = 2 * 86_400  # seconds: twice as long as reading files may be allowed to take (SENDVIZ_READING_SECONDS)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that this account alone may look into, removed as it is left.

    What a process that was killed has left of others is removed too, two days after it was last written to.
    """
    sweep()
    with tempfile.TemporaryDirectory(prefix=PREFIX) as folder:
        yield Path(folder)


def sweep() -> None:
    """Removes what is left of folders whose process was killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):  # gone meanwhile, or another account's
            if time.time() - folder.stat().st_mtime > LEFT:
                shutil.rmtree(folder)
