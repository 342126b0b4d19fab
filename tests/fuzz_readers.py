"""Fuzzes the readers by the code they reach: `python -m tests.fuzz_readers [SECONDS]`, after `pip install atheris`.

It begins with one small good file of each kind and changes bytes, of a packed file those of one part, to reach new
code. It stops at the first file that is neither read nor refused in words, takes longer than ten seconds or more than
a GB, and keeps it as crash-, timeout- or oom- in the folder it was started from. It is no part of `make test`.
"""

import random
import sys
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["sendviz.loading", "html.parser"]):
    from sendviz.loading.inside import DAMAGED
    from tests.test_loading_fuzzed import KINDS, good, sound

SECONDS = 300


def changed(content: bytes, most: int, seed: int) -> bytes:
    """Other bytes; of a packed file, one part's."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            parts = {name: packed.read(name) for name in packed.namelist()}
    except DAMAGED:
        parts = {}
    chance = random.Random(seed)
    if not parts or chance.random() < 0.1:
        return bytes(atheris.Mutate(content, most))
    name = chance.choice(sorted(parts))
    parts[name] = bytes(atheris.Mutate(parts[name], len(parts[name]) + 200))
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for part, inside in parts.items():
            packed.writestr(part, inside)
    return out.getvalue()[:most]


def main(seconds: int) -> None:
    """Fuzzes for so many seconds."""
    with tempfile.TemporaryDirectory() as folder:
        corpus, path = Path(folder, "corpus"), Path(folder, "file.xlsx")
        corpus.mkdir()
        for kind in KINDS:
            good(kind, corpus / kind)

        def one(content: bytes) -> None:
            path.write_bytes(content)
            sound(path)

        limits = [f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=1000", "-max_len=60000"]
        atheris.Setup([sys.argv[0], str(corpus), *limits], one, custom_mutator=changed)
        atheris.Fuzz()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)
