"""How many children and young people have a plan?"""

from sendviz import ui
from sendviz.datasets import cohort

selection = ui.page("How many children and young people have a plan?", cohort.PAGE)
ui.key_numbers(selection, cohort.pupils, cohort.in_mainstream, cohort.in_care)
ui.show(selection, cohort.over_time)
with ui.two_columns():
    ui.show(selection, cohort.by_current_key_stage)
    ui.show(selection, cohort.by_primary_need)
ui.show(selection, cohort.by_key_stage)
with ui.two_columns():
    ui.show(selection, cohort.by_age)
    ui.show(selection, cohort.by_school_type)
    ui.show(selection, cohort.care)
    ui.show(selection, cohort.by_gender)
