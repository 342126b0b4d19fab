"""How long do children wait for health services?"""

from sendviz import ui
from sendviz.datasets import health

selection = ui.page("How long do children wait for health services?", health.PAGE)
ui.show(selection, health.waits)
ui.show(selection, health.over_18)
ui.show(selection, health.waiting_lists)
with ui.two_columns():
    ui.show(selection, health.health_referrals)
    ui.show(selection, health.health_caseload)
