"""The stage: a running order on the wall, one screen at a time."""

from sendviz.ui.stage.showing import on, show

__all__ = ["on", "show"]
