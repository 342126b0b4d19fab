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


def of_people(row: type[Row]) -> bool:
    """Whether a dataset tells of people: any of its measures counts them. One that nothing is counted of may."""
    counted = [measure for measure in MEASURES if measure.row is row]
    return not counted or any(measure.of_people for measure in counted)


def of_no_figure(row: type[Row]) -> frozenset[str]:
    """The columns that no figure is made of: pupils' pseudonyms, unless a measure counts each of them once."""
    totals = [total for measure in MEASURES if measure.row is row for total in (measure.of, measure.over) if total]
    used = {total.each for total in totals}
    return frozenset(name for name, field in row.fields.items() if field.kind == "pupil" and name not in used)
