"""Pseudonyms: pupils' numbers are kept only as HMAC-SHA256 under a key that never enters the database."""

import hmac
import os
import secrets
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from sendviz.store.engine import StoreUnavailable, make_folder

KEY_FILE = "pseudonym.key"


def key(folder: Path) -> bytes:
    """The key of this folder, made on first use and readable by its owner alone; StoreUnavailable when it cannot be."""
    path = folder / KEY_FILE
    make_folder(folder)
    try:
        if not path.exists():
            _make(path)
        return bytes.fromhex(path.read_text())
    except OSError as error:
        raise StoreUnavailable(
            f"The key file {path} cannot be used: {(error.strerror or 'refused').lower()}."
        ) from None
    except ValueError:
        raise StoreUnavailable(f"The key file {path} is damaged: put back a copy of it.") from None


@lru_cache(maxsize=16)
def rounding_key(folder: Path) -> bytes:
    """A key of its own for rounding, made from the folder's: whoever learns it has not learnt the pupils' key."""
    return hmac.digest(key(folder), b"rounding", "sha256")


def _make(path: Path) -> None:
    handle, scratch = tempfile.mkstemp(dir=path.parent)  # mode 600
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
        os.link(scratch, path)  # whole or not at all; when two start at once, the first one's key stands
    except FileExistsError:
        pass
    finally:
        Path(scratch).unlink()


def check_value(key: bytes) -> str:
    """What the database keeps to know its key again; the key cannot be worked out from it."""
    return pseudonyms(key)("sendviz")


def pseudonyms(key: bytes) -> Callable[[str], str]:
    """A function from a pupil's number to 64 hexadecimal digits; it remembers what it worked out."""
    return lru_cache(maxsize=200_000)(lambda pupil: hmac.digest(key, pupil.encode(), "sha256").hex())
