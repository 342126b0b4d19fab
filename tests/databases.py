"""Databases to test on: SQLite files, and a real PostgreSQL server that the run starts when first asked, and stops."""

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from sendviz.settings import Settings
from sendviz.store import Store

FOLDER = "SENDVIZ_TEST_POSTGRES"  # passed on to the workers of pytest-xdist, which share the server
PLACES = ("/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin")
QUICK = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c listen_addresses= -c max_connections=300"
# A run that is killed cannot stop its server: this waits for the run's end, however it comes.
WATCH = (
    """while kill -0 "$(cat run)"; do sleep 1; done; kill -QUIT "$(head -n 1 data/postmaster.pid)"; rm -rf "$PWD" """
)
DATABASES = ("sqlite", "postgresql")

Fresh = Callable[[], str]


def pytest_configure(config: pytest.Config) -> None:
    """The run, not its workers, chooses the server's folder: a short one, as a socket's path has to be."""
    if not hasattr(config, "workerinput"):
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="sendviz-pg-")
        Path(os.environ[FOLDER], "run").write_text(str(os.getpid()))


def pytest_unconfigure(config: pytest.Config) -> None:
    """The run stops the server, if there is one, after all its workers have ended."""
    if hasattr(config, "workerinput") or not (name := os.environ.pop(FOLDER, None)):
        return
    folder = Path(name)
    if (folder / "data" / "postmaster.pid").exists():
        _run(folder, "pg_ctl", "stop", "-m", "immediate", "-D", str(folder / "data"))
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """The server's own database; a missing server fails the test and says what to install."""
    folder = Path(os.environ[FOLDER])
    with (folder / "starting").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "data" / "postmaster.pid").exists():
            _start(folder)
    return f"postgresql://sendviz@/postgres?host={folder}"


@pytest.fixture(params=DATABASES)
def fresh_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Fresh]:
    """Makes empty databases: each call gives another one's URL. The test runs once for each kind of database."""
    if request.param == "sqlite":
        yield lambda: f"sqlite:///{tmp_path}/{uuid.uuid4().hex}.db"
        return
    server: str = request.getfixturevalue("postgres_url")
    made: list[str] = []

    def make() -> str:
        made.append(create(server))
        return made[-1]

    yield make
    for url in made:
        drop(server, url)


@pytest.fixture
def database_url(fresh_database: Fresh) -> str:
    """An empty database."""
    return fresh_database()


@pytest.fixture(scope="session")
def with_tables(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """The URL of a database of a kind that has its tables already: to be copied, which is quicker than making them."""
    folder = tmp_path_factory.mktemp("with_tables")

    @cache
    def make(kind: str) -> str:
        sqlite = f"sqlite:///{folder}/sendviz.db"
        url = sqlite if kind == "sqlite" else create(request.getfixturevalue("postgres_url"))
        Store.open(Settings(database_url=url, data_dir=folder)).close()
        return url

    return make


@pytest.fixture
def store_maker(
    fresh_database: Fresh, with_tables: Callable[[str], str], tmp_path: Path
) -> Iterator[Callable[[], Store]]:
    """Opens stores, each empty, on another database; the one before is closed."""
    opened: list[Store] = []

    def make() -> Store:
        if opened:
            opened.pop().close()
        url = fresh_database()
        _copy(with_tables(make_url(url).get_backend_name()), url)
        opened.append(Store.open(Settings(database_url=url, data_dir=tmp_path / "data")))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def store(store_maker: Callable[[], Store]) -> Store:
    """An open store on an empty database, with a folder of its own for its key."""
    return store_maker()


def _start(folder: Path) -> None:
    if os.geteuid() == 0:  # the server refuses to run as root
        owner = pwd.getpwnam(_user())
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data = str(folder / "data")
    _run(folder, "initdb", "-D", data, "-U", "sendviz", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    _run(folder, "pg_ctl", "start", "-w", "-D", data, "-l", str(folder / "log"), "-o", f"-k {folder} {QUICK}")
    quiet = subprocess.DEVNULL
    in_background = ["sh", "-c", f"({WATCH}) &"]
    subprocess.run(in_background, cwd=folder, start_new_session=True, stdout=quiet, stderr=quiet, check=True)


def _run(folder: Path, name: str, *words: str) -> None:
    user = _user() if os.geteuid() == 0 else None
    done = subprocess.run(
        [program(name), *words],
        cwd=folder,
        user=user,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, f"{name}: {done.stderr}"


def program(name: str) -> str:
    """Where a program of PostgreSQL's is; a missing one fails the test and says what to install."""
    found = shutil.which(name) or next((str(p) for place in PLACES for p in _newest(place, name)), None)
    if found is None:
        pytest.fail(f"PostgreSQL's {name} is missing: apt-get install postgresql (or brew install postgresql)", False)
    return found


def _newest(place: str, program: str) -> list[Path]:
    found = (path / program for path in Path("/").glob(place.lstrip("/")))
    return sorted((path for path in found if path.exists()), reverse=True)


def _user() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def create(server: str) -> str:
    """An empty database on the server: its URL."""
    name = f"t{uuid.uuid4().hex}"
    _ask(server, f"CREATE DATABASE {name}")
    return server.replace("/postgres?", f"/{name}?")


def drop(server: str, url: str) -> None:
    """Removes a database, whoever is still connected to it."""
    _ask(server, f"DROP DATABASE {make_url(url).database} WITH (FORCE)")


def _copy(original: str, url: str) -> None:
    source, target = make_url(original), make_url(url)
    if source.get_backend_name() == "sqlite":
        shutil.copy(str(source.database), str(target.database))
        return
    server = original.replace(f"/{source.database}?", "/postgres?")
    _ask(server, f"DROP DATABASE {target.database}")
    _ask(server, f"CREATE DATABASE {target.database} TEMPLATE {source.database}")


def _ask(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())
