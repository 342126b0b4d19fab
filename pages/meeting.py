"""What is shown at a meeting?"""

from sendviz import ui
from sendviz.ui import stage

if stage.on():
    stage.show()
else:
    ui.page("Running orders", "present")
