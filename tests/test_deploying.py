"""The page on deploying is what was rehearsed, and the files it installs are those that the tests run."""

import configparser
import io
import re
import subprocess
import tarfile
import tomllib
from pathlib import Path

import pytest

from sendviz.access import Access
from sendviz.settings import Settings
from tests.browsing import HOUSE

DEPLOY, PAGE = HOUSE / "deploy", (HOUSE / "docs" / "deploy.md").read_text()
SCRIPTS = ("backup", "install", "rehearse", "restore", "sendviz")


def commands() -> list[str]:
    """Every command of the page, in order."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line]


def test_each_command_of_the_page_was_rehearsed_as_it_stands() -> None:
    ran = [line for line in (DEPLOY / "rehearsed.txt").read_text().splitlines() if not line.startswith("# ")]
    assert commands() == ran, "the page has changed since: run deploy/rehearse"


def test_a_second_machine_is_made_as_the_first_and_restored_as_the_page_says() -> None:
    choosing = re.search(r"^awk '(/\^##/.*?)' docs", (DEPLOY / "rehearse").read_text(), re.MULTILINE | re.DOTALL)
    assert choosing
    words = ["awk", choosing[1], str(HOUSE / "docs" / "deploy.md")]
    chosen = subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()
    made, restored = chosen.index("nginx -t"), chosen.index('sendviz-restore "$DUMP" "$KEYS"')
    assert made < restored and chosen[: made + 1] == commands()[: made + 1]
    assert not [line for line in chosen if line.startswith(("sendviz-backup", "sendviz retire", "BEFORE="))]


def test_no_block_of_the_page_hides_a_command() -> None:
    assert set(re.findall(r"^```(\S+)$", PAGE, re.MULTILINE)) == {"sh", "text"}
    assert not [line for line in commands() if line.endswith("\\") or line.startswith("#")]


def test_every_file_the_page_speaks_of_is_there_and_every_file_that_is_there_is_spoken_of() -> None:
    said = set(re.findall(r"deploy/([\w@.-]*\w)", PAGE)) - {"rehearsed.txt"}
    there = {path.name for path in DEPLOY.iterdir()} - {"rehearsed.txt"}
    assert said == there


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_can_be_run(name: str) -> None:
    path = DEPLOY / name
    assert path.stat().st_mode & 0o111 and path.read_text().startswith(("#!/bin/sh\n# ", "#!/bin/bash\n# "))
    shell = path.read_text().splitlines()[0][2:]
    assert subprocess.run([shell, "-n", path], capture_output=True).returncode == 0


def test_a_trials_secrets_data_and_people_stay_behind(tmp_path: Path) -> None:
    program = {".streamlit/config.toml", "deploy/access.toml"}
    for name in program | {".streamlit/secrets.toml", "access.toml", "data/s.db"}:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    packing = re.search(r"^(tar .*) \| tar", (DEPLOY / "install").read_text(), re.MULTILINE)
    assert packing
    packed = subprocess.run(packing[1].split(), cwd=tmp_path, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as taken:
        assert {found.name.removeprefix("./") for found in taken if found.isfile()} == program


def test_the_examples_are_read_by_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(Access.read(DEPLOY / "access.toml").people) == 4
    assert set(tomllib.loads((DEPLOY / "secrets.toml").read_text())["auth"]) >= {"redirect_uri", "cookie_secret"}
    given = re.findall(r'^(\w+)="([^"]*)"', (DEPLOY / "sendviz.env").read_text(), re.MULTILINE)
    assert {name for name, _ in given} <= {f"SENDVIZ_{name.upper()}" for name in Settings.model_fields}
    for name, value in given:
        monkeypatch.setenv(name, value)
    assert Settings().data_dir == Path("/var/lib/sendviz")
    assert "sslmode=verify-full" in Settings().database_url


def test_a_process_may_write_where_the_key_is_and_nowhere_else() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.read(DEPLOY / "sendviz@.service")
    service = unit["Service"]
    assert service["ProtectSystem"] == "strict" and service["ReadWritePaths"] == "/var/lib/sendviz"
    assert service["NoNewPrivileges"] == service["PrivateTmp"] == service["PrivateDevices"] == "yes"
    assert service["CapabilityBoundingSet"] == "" and service["User"] == "sendviz" and service["Restart"] == "always"


def test_a_larger_file_than_the_app_takes_is_stopped_by_nginx_and_no_smaller_one() -> None:
    found = re.search(r"client_max_body_size (\d+)m;", (DEPLOY / "nginx.conf").read_text())
    assert found and Settings.model_fields["max_upload_mb"].default < int(found[1]) <= 100
