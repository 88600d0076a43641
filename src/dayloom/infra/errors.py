"""One base error. Domains raise these; each interface translates the code once."""

from typing import ClassVar


class DayloomError(Exception):
    """Something a person can understand and act on: `code` is stable, `str()` is a sentence."""

    code: ClassVar[str] = "invalid"


class Invalid(DayloomError):
    """What was given cannot be used; `field` names the culprit where there is one."""

    code = "invalid"

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class NotFound(DayloomError):
    """There is no such thing, or it is not the asker's."""

    code = "not_found"


class Conflict(DayloomError):
    """It cannot be done in the present state of things."""

    code = "conflict"


class Unavailable(DayloomError):
    """Something outside of us does not answer at the moment; trying again may help."""

    code = "unavailable"
