"""What every test shares: the databases, the browser, the sample, and how hard Hypothesis tries."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import streamlit as st
from hypothesis import settings as hypothesis_settings

from sendviz import settings
from sendviz.rounding import BASE
from sendviz.start import open_store
from sendviz.store import Store
from sendviz.store.pseudonyms import KEY_FILE

pytest_plugins = [
    "tests.browsing", "tests.copies", "tests.databases", "tests.meetings", "tests.team", "tests.balanced",
    "tests.walled",
]  # fmt: skip

# The same examples on every run, so that a failure is the change's and not the day's; `thorough` looks for new ones.
hypothesis_settings.register_profile("ci", derandomize=True, max_examples=40, deadline=None, database=None)
hypothesis_settings.register_profile("thorough", max_examples=1_000, deadline=None)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def sample_settings(tmp_path_factory: pytest.TempPathFactory) -> settings.Settings:
    """Settings of a database that all workers of the run share, to read only."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "sample"
    return settings.Settings(database_url=f"sqlite:///{folder}/sendviz.db", data_dir=folder)


@pytest.fixture(scope="session")
def sample_store(sample_settings: settings.Settings) -> Iterator[Store]:
    """That database with the sample in it, as a first start makes it."""
    store = open_store(sample_settings)
    yield store
    store.close()


@pytest.fixture(scope="session")
def copy_sample(sample_store: Store, sample_settings: settings.Settings) -> Callable[[Path], str]:
    """Copies that database and its key into a folder, for a test that changes it: the copy's URL. That is quicker
    than loading the sample anew."""
    original = sample_settings.data_dir

    def copy(folder: Path) -> str:
        source, target = sqlite3.connect(original / "sendviz.db"), sqlite3.connect(folder / "s.db")
        with closing(source), closing(target):
            source.backup(target)
        shutil.copy(original / KEY_FILE, folder)
        return f"sqlite:///{folder}/s.db"

    return copy


@pytest.fixture(scope="session")
def public_settings(sample_settings: settings.Settings, tmp_path_factory: pytest.TempPathFactory) -> settings.Settings:
    """Those settings with counts rounded, under a key that is the same on every run."""
    folder = tmp_path_factory.mktemp("public")
    (folder / KEY_FILE).write_text("5e" * 32)
    return sample_settings.model_copy(update={"rounding": BASE, "data_dir": folder})


@pytest.fixture
def in_the_app(
    sample_store: Store, sample_settings: settings.Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """The app is set to the sample, and forgets it afterwards."""
    monkeypatch.chdir(Path(__file__).parent.parent)
    monkeypatch.setenv("SENDVIZ_DATABASE_URL", sample_settings.database_url)
    monkeypatch.setenv("SENDVIZ_DATA_DIR", str(sample_settings.data_dir))
    settings.settings.cache_clear()
    yield
    settings.settings.cache_clear()
    st.cache_resource.clear()
