"""How many assessments are asked for, and by whom?"""

from sendviz import ui
from sendviz.datasets import referrals

selection = ui.page("How many assessments are asked for, and by whom?", referrals.PAGE)
ui.key_numbers(selection, referrals.referrals, referrals.agreed)
with ui.two_columns():
    ui.show(selection, referrals.table)
    ui.show(selection, referrals.over_time)
ui.show(selection, referrals.sources)
ui.show(selection, referrals.sources_over_time)
