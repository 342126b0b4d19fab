"""Where do things stand?"""

from sendviz import ui

selection = ui.page("Where do things stand?")
ui.linked_numbers(selection, *ui.KEY_NUMBERS)
ui.loaded()
