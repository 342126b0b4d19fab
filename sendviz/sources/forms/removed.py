"""Takes out of an answer what must never be stored: e-mail addresses, telephone numbers, postcodes, links to files."""

import re

_TAKEN = {
    "[e-mail address]": re.compile(r"[\w.+'-]+@[\w-]+(\.[\w-]+)+"),
    "[link]": re.compile(r"\b(https?://|www\.)\S+", re.IGNORECASE),
    "[telephone number]": re.compile(r"(?<!\d)(\+?44[\s()-]?|\(?0)(\d[\s()-]{0,2}){8,9}\d(?!\d)"),
    "[postcode]": re.compile(
        r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d(?!(?-i:st|nd|rd|th)\b)[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE
    ),  # Y5 6th and KS1 2nd are none
}


def without(answer: str) -> str:
    """The answer with a word in brackets where each of them stood."""
    for word, pattern in _TAKEN.items():
        answer = pattern.sub(word, answer)
    return answer
