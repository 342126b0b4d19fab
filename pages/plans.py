"""How quickly are plans issued?"""

from sendviz import ui
from sendviz.datasets import plans

selection = ui.page("How many plans are issued, and how quickly?", plans.PAGE)
ui.key_numbers(selection, plans.issued, plans.mean_weeks, plans.timeliness, plans.timeliness_excluding)
ui.show(selection, plans.plans_timeliness)
with ui.two_columns():
    ui.show(selection, plans.plans_issued)
    ui.show(selection, plans.plans_mean_weeks)
