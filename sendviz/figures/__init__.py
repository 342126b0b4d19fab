"""A measure and a selection become figures, protected: what every chart, table, sentence and file is made from."""

from sendviz.figures.answering import answer, forget
from sendviz.figures.key_numbers import KeyNumber, key_number

__all__ = ["KeyNumber", "answer", "forget", "key_number"]
