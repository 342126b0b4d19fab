"""What was done to uploads in one transaction, as the log is told of it at the end."""

from collections.abc import Collection, Iterator, Mapping

from sendviz.store.adding import Adding
from sendviz.store.log import Deed
from sendviz.vocabulary import Row

Done = tuple[str, Deed, dict[str, str]]  # who, what, in which words


class Deeds:
    """Gathers what is done, and gives it back in order. Uploads are told by number and dataset, never by their file's
    name, which may be a child's."""

    def __init__(self, rows: Mapping[str, type[Row]]) -> None:
        self._rows = rows
        self._added: dict[int, tuple[str, Adding, bool]] = {}
        self._done: list[Done] = []

    def added(self, who: str, adding: Adding, staged: bool) -> None:
        """An upload that takes rows has been added."""
        self._added[adding.upload_id] = who, adding, staged

    def done(self, who: str, deed: Deed, uploads: Mapping[int, str]) -> None:
        """Something has been done with uploads, given with their datasets."""
        if uploads:
            self._done.append((who, deed, self._words(uploads)))

    def removed(self, who: str, uploads: Mapping[int, str]) -> None:
        """Uploads have been removed; those added in the same transaction never were there."""
        known = {number: dataset for number, dataset in uploads.items() if not self._added.pop(number, None)}
        self.done(who, Deed.DISCARDED, known)

    def __iter__(self) -> Iterator[Done]:
        published: dict[str, dict[int, str]] = {}
        for number, (who, adding, staged) in self._added.items():
            dataset = adding.row.dataset
            yield who, Deed.LOADED, self._words({number: dataset}) | {"rows": f"{adding.count:,}"}
            if not staged:
                published.setdefault(who, {})[number] = dataset
        for who, uploads in published.items():
            yield who, Deed.PUBLISHED, self._words(uploads)
        yield from self._done

    def _words(self, uploads: Mapping[int, str]) -> dict[str, str]:
        numbers = ", ".join(str(number) for number in sorted(uploads))
        return {"upload": numbers, "dataset": ", ".join(self._titles(uploads.values()))}

    def _titles(self, datasets: Collection[str]) -> list[str]:
        return sorted({self._rows[name].title() if name in self._rows else name for name in datasets})
