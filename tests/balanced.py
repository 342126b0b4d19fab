"""A team's machine as docs/deploy.md makes it: nginx before two processes of the app over PostgreSQL, with sign-in."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from sendviz.settings import Settings
from sendviz.start import open_store
from tests.browsing import HOUSE, PATIENCE
from tests.team import ACCESS, free_port, provider, started

UNIT = HOUSE / "deploy" / "sendviz@.service"
SITE = HOUSE / "deploy" / "nginx.conf"
COOKIE = "sendviz_process"
SETUP = """
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
daemon off;
worker_processes 1;
events {{ worker_connections 512; }}
http {{
    include {types};
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{site}
}}
"""


@dataclass
class Balanced:
    """Where people reach it, by TLS and without; its processes by their ports; and how one is started."""

    folder: Path
    url: str
    plain: str
    environment: dict[str, str]
    processes: "dict[int, subprocess.Popen[bytes]]"

    def kill(self, port: int) -> None:
        """Ends a process as a fault of the machine would."""
        os.killpg(self.processes[port].pid, signal.SIGKILL)
        self.processes[port].wait()

    def start(self, port: int) -> None:
        """Starts a process as its unit does, and waits until it answers."""
        health = f"http://127.0.0.1:{port}/_stcore/health"
        self.processes[port] = started(
            command(self.folder, port), self.folder / f"app-{port}.log", health, self.environment
        )

    def other(self, port: int) -> int:
        """The other process's port."""
        return next(other for other in self.processes if other != port)


def command(folder: Path, port: int) -> list[str]:
    """What the unit would start, here."""
    found = re.search(r"^ExecStart=(.*)$", UNIT.read_text(), re.MULTILINE)
    assert found, "the unit starts nothing"
    words = found[1].replace("%i", str(port)).replace("/etc/sendviz", str(folder)).split()
    return [str(Path(sys.executable).parent / Path(words[0]).name), *words[1:]]


def site(folder: Path, ports: tuple[int, int], tls: int, plain: int) -> str:
    """The site of deploy/nginx.conf on this machine's ports and with this folder's certificate."""
    text = SITE.read_text()
    for port, own in zip(("8501", "8502"), ports, strict=True):
        text = re.sub(rf"(?<!\d){port}(?!\d)", str(own), text)
    for there, here in (
        ("listen 443", f"listen 127.0.0.1:{tls}"), ("listen 80", f"listen 127.0.0.1:{plain}"),
        ("/etc/ssl/sendviz", str(folder)), ("/var/log/nginx", str(folder)), ("figures.council.gov.uk", "localhost"),
    ):  # fmt: skip
        assert there in text
        text = text.replace(there, here)
    return re.sub(r" +listen \[::\].*\n", "", text)


def nginx(folder: Path, ports: tuple[int, int], tls: int, plain: int) -> "subprocess.Popen[bytes]":
    """nginx, once it answers; a missing one fails the test and says what to install."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/bin")
    if program is None:
        pytest.fail("These tests need nginx: apt-get install nginx (or brew install nginx).")
    types = next(Path("/").glob("etc/nginx/mime.types"), None) or next(Path("/").glob("opt/homebrew/etc/nginx/mime.*"))
    written = folder / "nginx.conf"
    written.write_text(SETUP.format(folder=folder, types=types, site=site(folder, ports, tls, plain)))
    process = subprocess.Popen([program, "-c", str(written)], start_new_session=True)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", tls), 1):
            return process
        time.sleep(0.1)
    pytest.fail(f"nginx does not start: {(folder / 'nginx.log').read_text()}")


def certificate(folder: Path) -> None:
    """A certificate of localhost's own."""
    words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    made = ["-keyout", str(folder / "site.key"), "-out", str(folder / "site.crt")]
    subprocess.run(["openssl", *words.split(), *made], check=True, capture_output=True)


def secrets(folder: Path, url: str, known: str) -> None:
    """The files of /etc/sendviz that say who people are and what they may do."""
    (folder / "access.toml").write_text(ACCESS)
    (folder / "secrets.toml").write_text(
        f'[auth]\nredirect_uri = "{url}/oauth2callback"\ncookie_secret = "{os.urandom(32).hex()}"\n'
        f'client_id = "sendviz"\nclient_secret = "one of a test"\nserver_metadata_url = "{known}"\n'
    )


@pytest.fixture(scope="module")
def balanced(tmp_path_factory: pytest.TempPathFactory, postgres_url: str) -> Iterator[Balanced]:
    """The machine, with the sample in its database."""
    folder = tmp_path_factory.mktemp("balanced")
    name = f"t{uuid.uuid4().hex}"
    _ask(postgres_url, f"CREATE DATABASE {name}")
    database = postgres_url.replace("/postgres?", f"/{name}?")
    open_store(Settings(database_url=database, data_dir=folder)).close()
    tls, plain, ports = free_port(), free_port(), (free_port(), free_port())
    known, identity = provider(folder, 3600)
    url = f"https://localhost:{tls}"
    secrets(folder, url, known)
    certificate(folder)
    environment = os.environ | {
        "SENDVIZ_DATABASE_URL": database, "SENDVIZ_DATA_DIR": str(folder),
        "SENDVIZ_ACCESS": str(folder / "access.toml"), "AUTHLIB_INSECURE_TRANSPORT": "1",
    }  # fmt: skip
    made = Balanced(folder, url, f"http://localhost:{plain}", environment, {})
    try:
        for port in ports:
            made.start(port)
        front = nginx(folder, ports, tls, plain)
        yield made
        os.killpg(front.pid, signal.SIGKILL)
        front.wait()
    finally:
        for process in (identity, *made.processes.values()):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        _ask(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


def _ask(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())
