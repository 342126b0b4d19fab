"""Finds every dataset, measure and exhibit: a file beside this one is all it takes to add one."""

import importlib
import pkgutil
from types import ModuleType

from sendviz.vocabulary import Exhibit, Measure, Row

_MODULES: tuple[ModuleType, ...] = tuple(
    importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
)
_NAMED = [value for module in _MODULES for value in vars(module).values()]

ROWS: dict[str, type[Row]] = {
    v.dataset: v for v in _NAMED if isinstance(v, type) and issubclass(v, Row) and v.dataset
}  # those people load and those worked out from them
DATASETS: dict[str, type[Row]] = {name: row for name, row in ROWS.items() if not row.made_from}
MEASURES: tuple[Measure, ...] = tuple(dict.fromkeys(v for v in _NAMED if isinstance(v, Measure)))
EXHIBITS: dict[str, Exhibit] = {v.id: v for v in _NAMED if isinstance(v, Exhibit)}
