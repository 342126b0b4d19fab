"""The data officer's page: files dropped, checked, looked at, published; what was loaded, taken back and put back; rows
for a reason; and the log of it all."""

from sendviz.ui.data.columns import remembered
from sendviz.ui.data.door import for_officers
from sendviz.ui.data.dropping import drop
from sendviz.ui.data.events import notes_on_charts
from sendviz.ui.data.history import history
from sendviz.ui.data.log import log
from sendviz.ui.data.rows import rows
from sendviz.ui.data.templates import templates

__all__ = ["drop", "for_officers", "history", "log", "notes_on_charts", "remembered", "rows", "templates"]
