"""Asks PyPI's advisory database whether what is installed has known vulnerabilities; those that are must be mended.

Run by `make audit`; where the database cannot be reached, one line says so and the run goes on.
"""

import datetime as dt
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

# Advisories that do not concern us: why, and until when that is believed.
IGNORED: Mapping[str, tuple[dt.date, str]] = {}
INSTALLERS = {"pip", "setuptools", "wheel"}  # of this machine's Python, and no part of the program
UNREACHED = "Vulnerabilities were not looked for: the advisory database at pypi.org cannot be reached from here."


def main() -> int:
    """0 where nothing is known, or nobody could be asked; 1 where something is."""
    lines, failed = findings(_asked(Path(sys.argv[1])), dt.date.today())
    print("\n".join(lines))
    return int(failed)


def findings(
    told: Mapping[str, Any] | None, today: dt.date, ignored: Mapping[str, tuple[dt.date, str]] = IGNORED
) -> tuple[list[str], bool]:
    """What to say of pip-audit's answer (None where it has none), and whether the run fails."""
    audited = [one for one in (told or {}).get("dependencies", ()) if "skip_reason" not in one]
    if not audited:
        return [UNREACHED], False
    known = [(one["name"], one["version"], flaw) for one in audited for flaw in one["vulns"]]
    bad = [found for found in known if not {found[2]["id"], *found[2].get("aliases", ())} & _still(ignored, today)]
    lines = [
        f"{name} {version}: {flaw['id']}, mended in {', '.join(flaw.get('fix_versions', ())) or 'no version yet'}"
        for name, version, flaw in bad
    ]
    return [*lines, f"Packages audited: {len(audited)}; known vulnerabilities: {len(bad)}."], bool(bad)


def _still(ignored: Mapping[str, tuple[dt.date, str]], today: dt.date) -> set[str]:
    return {advisory for advisory, (until, _) in ignored.items() if today <= until}


def _asked(program: Path) -> Mapping[str, Any] | None:
    """pip-audit's answer about what is installed beside this; None where it could not ask."""
    pins = sorted({f"{one.name}=={one.version}" for one in distributions() if one.name.lower() not in INSTALLERS})
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder, "installed.txt")
        listed.write_text("\n".join(pins))
        words = ["--disable-pip", "--no-deps", "--format", "json", "--progress-spinner", "off", "--timeout", "15"]
        found = subprocess.run([program, *words, "-r", listed], capture_output=True, text=True)
    try:
        answer: Mapping[str, Any] = json.loads(found.stdout)
        return answer
    except ValueError:
        return None


if __name__ == "__main__":
    sys.exit(main())
