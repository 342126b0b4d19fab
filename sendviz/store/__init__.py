"""Keeps what was loaded: uploads that never change, and the read tables that figures are counted from."""

from sendviz.store.engine import StoreUnavailable
from sendviz.store.held import Held
from sendviz.store.reading import Reading
from sendviz.store.store import Store
from sendviz.store.uploads import ACTIVE, SUPERSEDED, UNDONE, NoSuchUpload, Upload

__all__ = ["ACTIVE", "SUPERSEDED", "UNDONE", "Held", "NoSuchUpload", "Reading", "Store", "StoreUnavailable", "Upload"]
