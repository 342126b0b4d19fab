"""How does the area compare?"""

from sendviz import ui
from sendviz.datasets import comparisons

selection = ui.page("How does the area compare?", comparisons.PAGE)
ui.show(selection, comparisons.compare_timeliness)
ui.show(selection, comparisons.compare_plans)
ui.show(selection, comparisons.compare_requests)
ui.show(selection, comparisons.compare_need)
ui.show(selection, comparisons.compare_placements)
ui.show(selection, comparisons.compare_new_plans)
