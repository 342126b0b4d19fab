"""What happens in each locality?"""

from sendviz import ui
from sendviz.datasets import clusters, settings

selection = ui.page("What is happening in each locality?", clusters.PAGE)
ui.show(selection, clusters.cluster_measures)
with ui.two_columns():
    ui.show(selection, settings.cluster_settings)
    ui.show(selection, clusters.cluster_funding)
