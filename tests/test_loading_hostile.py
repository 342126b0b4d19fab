"""Files made to do harm are refused in a sentence, in five seconds of a core and 500 MB; the process lives on."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.hostile import HOSTILE
from tests.sheets import FUNDING, saved

SECONDS, MEGABYTES = 5, 500
CHECKED = """
import json, resource, sys, time
from pathlib import Path
from sendviz.intake import check

def most():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1 << 20)

inherited = most()  # a process hands its own peak to the one it starts
for line in sys.stdin:
    start = time.process_time()
    lines = check([Path(line.strip())]).lines()
    peak = most()
    print(json.dumps([lines, time.process_time() - start, peak if peak > inherited else 0]), flush=True)
"""


@pytest.fixture(scope="module")
def checked() -> Iterator[Callable[[Path], tuple[list[str], float, float]]]:
    """Checks files in one process beside the tests: what it says, seconds, and the most memory so far in MB."""
    words = [sys.executable, "-c", CHECKED]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        said, asked = process.stdout, process.stdin

        def check(path: Path) -> tuple[list[str], float, float]:
            print(path, file=asked, flush=True)
            lines, seconds, peak = json.loads(said.readline() or '[["it died"], 0, 0]')
            return lines, seconds, peak

        yield check
        asked.close()


@pytest.mark.parametrize("name", HOSTILE)
def test_what_would_do_harm_is_refused_soon_and_small(
    tmp_path: Path, name: str, checked: Callable[[Path], tuple[list[str], float, float]]
) -> None:
    make, words = HOSTILE[name]
    lines, seconds, peak = checked(make(tmp_path / "file.xlsx"))
    assert len(lines) == 2 and lines[1] == "1 problem: nothing was stored.", lines
    assert any(word in lines[0] for word in words.split("|")), lines
    assert seconds < SECONDS and peak < MEGABYTES


def test_the_process_lives_and_reads_on(
    tmp_path: Path, checked: Callable[[Path], tuple[list[str], float, float]]
) -> None:
    lines, _, _ = checked(saved(tmp_path / "file.xlsx", Money=FUNDING))
    assert lines == ["file.xlsx, sheet Money: 2 rows of Cluster funding are good."]
