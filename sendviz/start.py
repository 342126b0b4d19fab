"""The store, opened: with the sample in it where it is empty."""

from pathlib import Path

from sendviz.running import ENDING, RunningOrder
from sendviz.scratch import sweep
from sendviz.settings import Settings
from sendviz.store import Store, StoreUnavailable, one_at_a_time

SAMPLE = Path(__file__).parent.parent / "sample_data"
LOADED_BY = "sample"


class SampleBroken(StoreUnavailable):
    """The sample in this copy of the program cannot be loaded; its text is one sentence."""


def open_store(settings: Settings) -> Store:
    """The store these settings name; one that never held anything gets the sample first, unless a setting says no.

    StoreUnavailable when there is no such store. Two processes that start at once load the sample once.
    """
    sweep()
    store = Store.open(settings)
    if settings.sample and not store.uploads():
        with one_at_a_time(settings.data_dir / "starting.lock"):
            if not store.uploads():
                _load_sample(store)
    return store


def _load_sample(store: Store) -> None:
    from sendviz.intake import load

    files = sorted(path for path in SAMPLE.iterdir() if path.suffix in (".xlsx", ".csv"))
    report = load(files, store, who=LOADED_BY, sample=True)
    if not report.ok:
        raise SampleBroken(f"The sample data cannot be loaded: {report.lines()[0]}")
    for path in sorted(SAMPLE.glob(f"*{ENDING}")):
        store.orders.add(RunningOrder.read(path.read_bytes()), who=LOADED_BY)
