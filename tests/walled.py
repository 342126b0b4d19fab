"""A PostgreSQL with its three roles, as `deploy/roles.sql` makes them, and the sample in it."""

import fcntl
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from sendviz.settings import Settings
from sendviz.start import open_store
from sendviz.store import Store
from tests.browsing import HOUSE, PATIENCE
from tests.databases import FOLDER, create, drop, program

ROLES = HOUSE / "deploy" / "roles.sql"


@dataclass(frozen=True)
class Walled:
    """The database as each role comes to it: its URLs, and the settings of the app and of the owner."""

    urls: dict[str, str]
    settings: Settings
    owner: Settings

    def ask(self, role: str, query: str) -> list[tuple[object, ...]]:
        """What a statement finds, sent as a role by itself, without the app."""
        with psycopg.connect(self.urls[role]) as connection:
            found = connection.execute(query.encode())
            return found.fetchall() if found.description else []


def make_roles(url: str) -> None:
    """Runs the script as an administrator would; roles are the server's, so one at a time."""
    words = [f"-v{role}_password=of a test's {role}" for role in ("owner", "loader", "reader")]
    with Path(os.environ[FOLDER], "roles").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run(
            [program("psql"), "-X", "-d", url, *words, "-f", str(ROLES)],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
    assert done.returncode == 0 and not done.stderr, done.stderr


def as_role(url: str, role: str) -> str:
    """The database's URL for a role; the tests' server asks for no password."""
    return make_url(url).set(username=f"sendviz_{role}").render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def make_walled(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Walled]]:
    """Makes databases with the roles, migrated by their owner."""
    made: list[str] = []

    def make(sample: bool = False) -> Walled:
        url = create(postgres_url)
        made.append(url)
        make_roles(url)
        urls = {role: as_role(url, role) for role in ("owner", "loader", "reader")} | {"administrator": url}
        folder = tmp_path_factory.mktemp("walled")
        owner = Settings(database_url=urls["owner"], data_dir=folder)
        Store.migrate(owner)
        app = owner.model_copy(update={"database_url": urls["loader"], "reader_url": urls["reader"], "sample": sample})
        return Walled(urls, app, owner)

    yield make
    for url in made:
        drop(postgres_url, url)


@pytest.fixture(scope="session")
def walled(make_walled: Callable[..., Walled]) -> Walled:
    """One with the sample in it, loaded by the loader; to read only."""
    found = make_walled(sample=True)
    open_store(found.settings).close()
    return found
