"""Files with children's data are on the disk while they are worked on, and no longer."""

import os
import stat
import tempfile
import time
from pathlib import Path

import pytest

from sendviz.scratch import LEFT, scratch, sweep


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this machine keeps what is temporary."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_it_is_ours_alone_and_goes_whatever_happens(disk: Path) -> None:
    with pytest.raises(RuntimeError), scratch() as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700 and folder.parent == disk
        (folder / "file").write_text("MARKED")
        raise RuntimeError
    assert list(disk.iterdir()) == []


def test_what_a_killed_process_left_goes_in_time_and_nothing_else(disk: Path) -> None:
    old, new, other = disk / "sendviz-scratch-old", disk / "sendviz-scratch-new", disk / "another program's"
    long_ago = time.time() - LEFT - 60
    for folder in (old, new, other):
        folder.mkdir()
        (folder / "0").write_text("MARKED")
    for folder in (old, other):
        os.utime(folder, (long_ago, long_ago))
    sweep()
    assert sorted(path.name for path in disk.iterdir()) == ["another program's", "sendviz-scratch-new"]
