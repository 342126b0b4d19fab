"""What did schools say in Inclusion Week?"""

from sendviz import ui
from sendviz.datasets import activities, survey

selection = ui.page("What did schools and settings say in Inclusion Week?", survey.PAGE)
with ui.two_columns():
    ui.show(selection, survey.survey_responses)
    ui.show(selection, activities.survey_reach)
ui.show(selection, survey.survey_answers)
ui.show(selection, survey.survey_comments)
