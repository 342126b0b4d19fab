"""What is counted, and how?"""

from sendviz import ui

ui.page("What is counted, and on what basis?", "about")
ui.small_numbers()
ui.definitions()
ui.version()
