"""Keeps what was loaded: uploads that never change, and the read tables that figures are counted from."""

from sendviz.store.choices import Choice, NoSuchChoice
from sendviz.store.elsewhere import mentions
from sendviz.store.engine import StoreUnavailable
from sendviz.store.events import BadEvent, Event, NoSuchEvent
from sendviz.store.health import Health, Pulse
from sendviz.store.held import Held
from sendviz.store.live import NotPresenting, Presentation, Wall
from sendviz.store.log import Deed, Entry, Wanted, about, verdict
from sendviz.store.orders import GONE, ChangedMeanwhile, KeptOrder, NameTaken, NoSuchOrder
from sendviz.store.reading import Reading
from sendviz.store.removing import Retired
from sendviz.store.revisions import NoSuchRevision, Revision, go_back, standing
from sendviz.store.store import Store
from sendviz.store.turns import one_at_a_time
from sendviz.store.uploads import ACTIVE, PUBLISHED, STAGED, SUPERSEDED, UNDONE, NoSuchUpload, Upload

__all__ = [
    "ACTIVE", "GONE", "PUBLISHED", "STAGED", "SUPERSEDED", "UNDONE",
    "BadEvent", "ChangedMeanwhile", "Choice", "Deed", "Entry", "Event", "Health", "Held", "KeptOrder", "NameTaken",
    "NoSuchChoice", "NoSuchEvent", "NoSuchOrder", "NoSuchRevision", "NoSuchUpload", "NotPresenting", "Presentation",
    "Pulse", "Reading", "Retired", "Revision", "Store", "StoreUnavailable", "Upload", "Wall", "Wanted", "about",
    "go_back", "mentions", "one_at_a_time", "standing", "verdict",
]  # fmt: skip
