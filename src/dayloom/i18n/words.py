"""Whole sentences with named places, in the language that is spoken.

A place is written `%(name)s`, a percent sign `%%`. The extractor (`make messages`) finds the
literals that are given to `gettext` (imported as `_`), `ngettext` and `marked`.
"""

from dayloom.i18n.catalogues import catalogue_of
from dayloom.i18n.language import spoken


def gettext(message: str, /, **values: object) -> str:
    """Return a sentence with its values."""
    return translate(message) % values


def ngettext(one: str, many: str, num: int, /, **values: object) -> str:
    """Return the sentence for so many; `%(num)s` is their number."""
    return translate_plural(one, many, num) % {"num": num, **values}


def marked(message: str) -> str:
    """Return a message as it is: a constant that `gettext` is given where it is shown."""
    return message


def translate(message: str) -> str:
    """Return a message with its places still open; the empty one stays empty."""
    return catalogue_of(spoken().tag).gettext(message) if message else ""


def translate_plural(one: str, many: str, num: int) -> str:
    """Return the message for so many with its places still open."""
    return catalogue_of(spoken().tag).ngettext(one, many, num)
