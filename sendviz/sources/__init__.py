"""Finds every foreign format: a file beside this one that defines a Source or a Together is all it takes to add one."""

import importlib
import pkgutil

from sendviz.loading import Source, Together

_VALUES = [
    value
    for found in pkgutil.iter_modules(__path__)
    for value in vars(importlib.import_module(f"{__name__}.{found.name}")).values()
]
SOURCES: tuple[Source, ...] = tuple(value for value in _VALUES if isinstance(value, Source))
TOGETHER: tuple[Together, ...] = tuple(value for value in _VALUES if isinstance(value, Together))
