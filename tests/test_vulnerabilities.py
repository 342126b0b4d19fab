"""A known vulnerability fails the run, until a day and for a reason if it does not concern us; silence is said."""

import datetime as dt
from typing import Any

from tests.vulnerabilities import IGNORED, UNREACHED, findings

TODAY = dt.date(2026, 1, 31)
SOUND: dict[str, Any] = {"name": "sound", "version": "1.0", "vulns": []}
HOLED: dict[str, Any] = {
    "name": "holed",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["1.1"]}],
}
UNKNOWN = {"name": "unknown", "skip_reason": "Dependency not found on PyPI"}


def test_a_known_vulnerability_fails_the_run() -> None:
    lines, failed = findings({"dependencies": [SOUND, HOLED]}, TODAY)
    assert failed and lines == ["holed 1.0: PYSEC-1, mended in 1.1", "Packages audited: 2; known vulnerabilities: 1."]


def test_nothing_known_passes() -> None:
    assert findings({"dependencies": [SOUND, UNKNOWN]}, TODAY) == (
        ["Packages audited: 1; known vulnerabilities: 0."],
        False,
    )


def test_nobody_could_be_asked() -> None:
    assert findings(None, TODAY) == findings({"dependencies": [UNKNOWN]}, TODAY) == ([UNREACHED], False)


def test_what_does_not_concern_us_is_ignored_until_its_day() -> None:
    ignored = {"CVE-1": (TODAY, "we never call it")}
    assert not findings({"dependencies": [HOLED]}, TODAY, ignored)[1]
    assert findings({"dependencies": [HOLED]}, TODAY + dt.timedelta(days=1), ignored)[1]


def test_each_that_is_ignored_says_why() -> None:
    assert all(len(why) > 20 and until.year < 2100 for until, why in IGNORED.values())
