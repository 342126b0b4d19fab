"""What is loaded, and what is next?"""

from sendviz import ui
from sendviz.ui import data

selection = ui.page("Load, check and take back data", "data")
data.for_officers()
data.drop()
data.history()
data.remembered()
data.notes_on_charts()
data.templates()
data.rows(selection)
data.log()
