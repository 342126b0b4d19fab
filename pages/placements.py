"""Where are pupils placed, and what does it cost?"""

from sendviz import ui
from sendviz.datasets import cohort, expenditure, placements

selection = ui.page("Where are pupils with a plan placed, and what does it cost?", placements.PAGE)
ui.key_numbers(selection, placements.active, placements.average_cost, cohort.into_special, cohort.into_independent)
with ui.two_columns():
    ui.show(selection, placements.by_type)
    ui.show(selection, placements.cost_by_type)
ui.show(selection, expenditure.by_area)
with ui.two_columns():
    ui.show(selection, cohort.moves_into_special)
    ui.show(selection, cohort.moves_into_independent)
