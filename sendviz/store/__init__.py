"""Keeps what was loaded: uploads that never change, and the read tables that figures are counted from."""

from sendviz.store.engine import StoreUnavailable
from sendviz.store.held import Held
from sendviz.store.reading import Reading
from sendviz.store.store import Store
from sendviz.store.turns import one_at_a_time
from sendviz.store.uploads import ACTIVE, PUBLISHED, STAGED, SUPERSEDED, UNDONE, NoSuchUpload, Upload

__all__ = [
    "ACTIVE", "PUBLISHED", "STAGED", "SUPERSEDED", "UNDONE",
    "Held", "NoSuchUpload", "Reading", "Store", "StoreUnavailable", "Upload",
    "one_at_a_time",
]  # fmt: skip
