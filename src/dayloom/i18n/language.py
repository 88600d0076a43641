"""Which language a person is spoken to in."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property

from babel import Locale, negotiate_locale

MOST_ACCEPTED = 20  # entries of Accept-Language that are looked at


@dataclass(frozen=True)
class Language:
    """`tag` is that of BCP 47, `name` what the language calls itself."""

    tag: str
    name: str

    @cached_property
    def locale(self) -> Locale:
        """What CLDR knows of it: names of days and months, separators."""
        return Locale.parse(self.tag, sep="-")

    @property
    def direction(self) -> str:
        """Return ltr or rtl."""
        return self.locale.text_direction


ENGLISH = Language("en", "English")
LANGUAGES = {one.tag: one for one in (ENGLISH, Language("de", "Deutsch"))}
_spoken: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def spoken() -> Language:
    """Return the language of the present request; English outside of one."""
    return _spoken.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak a language until the block ends."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def choose_language(choice: str, accepted: str) -> Language:
    """Return the language of a person's choice (a tag), else the best of an Accept-Language."""
    if choice in LANGUAGES:
        return LANGUAGES[choice]
    found = negotiate_locale(_preferred(accepted), list(LANGUAGES), sep="-")
    return LANGUAGES[found] if found else ENGLISH


def _preferred(accepted: str) -> list[str]:
    """Return the tags of an Accept-Language (RFC 9110, 12.5.4), the most wanted first."""
    weighed = [_weighed(part) for part in accepted.split(",")[:MOST_ACCEPTED]]
    wanted = [one for one in weighed if one[0] > 0]
    return [tag for _, tag in sorted(wanted, key=lambda one: -one[0])]


def _weighed(part: str) -> tuple[float, str]:
    tag, _, weight = part.partition(";")
    try:
        return float(weight.strip().removeprefix("q=") or 1), tag.strip()
    except ValueError:
        return 0.0, tag.strip()
