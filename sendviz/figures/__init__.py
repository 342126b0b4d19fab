"""A measure and a selection become figures, protected: what every chart, table, sentence and file is made from."""

from sendviz.figures.answering import answer, answered, forget
from sendviz.figures.differences import Difference, differences
from sendviz.figures.key_numbers import KeyNumber, key_number, key_number_of

__all__ = ["Difference", "KeyNumber", "answer", "answered", "differences", "forget", "key_number", "key_number_of"]
