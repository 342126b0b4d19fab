"""How does the area compare?"""

from sendviz import ui
from sendviz.datasets import published

selection = ui.page("How does the area compare?", published.PAGE)
ui.show(selection, published.compare_timeliness)
