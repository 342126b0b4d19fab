"""How to mend a problem, in words for the person who has the file open."""

from sendviz.vocabulary import Field

FORMULA = "Type the value itself over the formula, or put right what the formula refers to."
TWICE = "Delete the row that is not wanted, or correct the one that is wrong."
COMPARED = "Correct this cell, or the other cell of the row that it is compared with."
BIRTH = "Type the date of birth, day first, such as 31/01/2015."
REPEATED = "Delete one of the two columns, or give the one that means something else another heading."


def typed(field: Field) -> str:
    """What to type into a cell of this column."""
    takes = field.takes.words if field.takes else field.kind
    return f"Type {takes}."


def renamed(field: Field) -> str:
    """What to do about a heading that is missing."""
    takes = f" ({field.description[0].lower()}{field.description[1:].rstrip('.')})" if field.description else ""
    return f"Give the column that holds it{takes} the heading '{field.title}', or add that column."
