"""Runs every benchmark, each in a process of its own so that one's memory is not counted as another's."""

import subprocess
import sys
from pathlib import Path

BENCHMARKS = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))


def main(names: list[str]) -> int:
    """Runs those named, or all; returns the exit status: 0 if all ran."""
    wanted = names or BENCHMARKS
    if unknown := [name for name in wanted if name not in BENCHMARKS]:
        sys.exit(f"There is no benchmark {unknown[0]!r}; there are: {', '.join(BENCHMARKS)}.")
    runs = [subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False) for name in wanted]
    return max(run.returncode for run in runs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
