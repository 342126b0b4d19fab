"""Finds every foreign format: a file beside this one that defines a Source is all it takes to add one."""

import importlib
import pkgutil

from sendviz.loading import Source

SOURCES: tuple[Source, ...] = tuple(
    value
    for found in pkgutil.iter_modules(__path__)
    for value in vars(importlib.import_module(f"{__name__}.{found.name}")).values()
    if isinstance(value, Source)
)
