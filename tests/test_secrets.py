"""No secret is kept with the code: no key, no token, no filled-in password, and no file that holds such."""

import re
import shutil
import subprocess

import pytest

from tests.browsing import HOUSE

KINDS = {
    "private key": r"-----BEGIN [A-Z ]*PRIVATE KEY",
    "key of a cloud": r"\bAKIA[0-9A-Z]{16}\b|\bAIza[\w-]{35}",
    "token": r"\bgh[pousr]_[A-Za-z0-9]{30}|\bglpat-[\w-]{20}|\bxox[abprs]-[\w-]{10}|\bpypi-[\w-]{50}",
    "identity": r"\beyJ[\w-]{20,}\.[\w-]{20,}\.[\w-]{20,}",
    "password in an address": r"://[^/\s:@{}\"']+:[^@\s{}\"'$]{12,}@",
    "secret filled in": r"\b(cookie_secret|client_secret|secret_key|password|api_key)\s*[:=]\s*[\"'][\w+/=.~-]{20,}",
}
FOUND = re.compile("|".join(KINDS.values()))
HOLD_SECRETS = re.compile(r"^(\.streamlit/secrets|access)\.toml$|\.(pem|key|p12|pfx|db|sqlite3?)$|(^|/)\.env$")


def tracked() -> list[str]:
    """The files that git keeps, or would."""
    git = shutil.which("git")
    assert git, "git is needed to list the house's files"
    listed = subprocess.run(
        [git, "-c", "safe.directory=*", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in listed.stdout.split("\0") if name and (HOUSE / name).is_file()]


def test_no_file_that_is_kept_has_one() -> None:
    texts = {name: (HOUSE / name).read_bytes().decode("latin-1") for name in tracked()}
    assert {name: hit.group()[:40] for name, text in texts.items() if (hit := FOUND.search(text))} == {}


def test_no_file_is_kept_that_would_hold_them() -> None:
    assert [name for name in tracked() if HOLD_SECRETS.search(name)] == []


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN RSA " + "PRIVATE KEY-----",
        "AKIA" + "ABCDEFGHIJKLMNOP",
        "ghp" + "_" + "a1" * 16,
        ".".join(("eyJ" + "a" * 30, "b" * 30, "c" * 30)),
        "postgresql://sendviz:" + "correct-horse-1@server/sendviz",
        "cookie_secret = " + f'"{"0f" * 32}"',
    ],
)
def test_one_would_be_found(text: str) -> None:
    assert FOUND.search(f"before {text} after")


@pytest.mark.parametrize(
    "text", ['cookie_secret = "…"', "postgresql://sendviz:password@server/sendviz", 'password = ""']
)
def test_a_place_for_one_is_none(text: str) -> None:
    assert not FOUND.search(text)
