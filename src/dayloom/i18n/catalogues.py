"""The translations, read from their sources: no compiled file is kept."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent.parent / "locale"
DOMAIN = "dayloom"


def path_of(tag: str) -> Path:
    """Return where the catalogue of a language is."""
    return LOCALE / tag / "LC_MESSAGES" / f"{DOMAIN}.po"


@cache
def catalogue_of(tag: str) -> NullTranslations:
    """Return the messages of a language; English has none, it is the language of the source."""
    path = path_of(tag)
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=tag))
    compiled.seek(0)
    return GNUTranslations(compiled)
