"""Keeps what was loaded: uploads that never change, and the read tables that figures are counted from."""

from sendviz.store.choices import Choice, NoSuchChoice
from sendviz.store.engine import StoreUnavailable
from sendviz.store.reading import Reading
from sendviz.store.store import Store
from sendviz.store.uploads import ACTIVE, SUPERSEDED, UNDONE, NoSuchUpload, Upload

__all__ = [
    "ACTIVE",
    "SUPERSEDED",
    "UNDONE",
    "Choice",
    "NoSuchChoice",
    "NoSuchUpload",
    "Reading",
    "Store",
    "StoreUnavailable",
    "Upload",
]
