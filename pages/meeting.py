"""What is shown at the meeting?"""

from sendviz import ui
from sendviz.ui import orders, stage

if stage.on():
    stage.show()
else:
    orders.show(ui.page("What is shown at the meeting?", "present"))
