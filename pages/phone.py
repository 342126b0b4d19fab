"""What is on the wall now?"""

from sendviz.ui import follow

follow.show()
