"""One base error. A domain raises subclasses; each interface translates the code once."""

from typing import ClassVar


class DayloomError(Exception):
    """Something a person can understand and act on: `code` is stable, `str()` is a sentence."""

    code: ClassVar[str] = "invalid"


class NotFound(DayloomError):
    """What was named is not there, or is not this account's."""

    code = "not_found"


class Conflict(DayloomError):
    """It cannot be done in the present state."""

    code = "conflict"


class Invalid(DayloomError):
    """A value breaks its rule; `field` names it where there is one."""

    code = "invalid"

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field
