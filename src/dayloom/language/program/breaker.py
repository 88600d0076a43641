"""Stops asking what fails again and again, and says so once a minute."""

import logging
from collections import OrderedDict
from collections.abc import Callable

from dayloom.language.program.endpoint import Endpoint
from dayloom.language.program.execution import PASSING, Failure

FAILURES = 5
OPEN_FOR = 60.0
LOG_EVERY = 60.0
MOST_BREAKERS = 1000
_OUR_OWN = frozenset({Failure.CANCELLED, Failure.CIRCUIT_OPEN})
COUNTED = PASSING - _OUR_OWN
log = logging.getLogger(__name__)


class Breaker:
    """Five failures in a row that may pass open it for a minute; then one call is let through.

    `seconds` is a clock that never goes back. A `quiet` one writes nothing into the log.
    """

    def __init__(self, name: str, *, seconds: Callable[[], float], quiet: bool = False) -> None:
        self._name = name
        self._quiet = quiet
        self._seconds = seconds
        self._failures = 0
        self._opened_at: float | None = None
        self._trying = False
        self._logged_at: float | None = None
        self._unlogged = 0

    def lets_through(self) -> bool:
        """Tell whether to ask now; who is let through says with `heard` what came of it."""
        if self._opened_at is None:
            return True
        if self._trying or self._seconds() - self._opened_at < OPEN_FOR:
            return False
        self._trying = True
        return True

    def heard(self, failure: Failure | None, sentence: str = "") -> None:
        """Note how a call went that was let through."""
        self._trying = False
        if failure in _OUR_OWN:
            return
        if failure not in COUNTED:
            self._failures, self._opened_at = 0, None
            return
        self._failures += 1
        if self._failures >= FAILURES:
            self._opened_at = self._seconds()
        self._log(sentence)

    def _log(self, sentence: str) -> None:
        self._unlogged += 1
        now = self._seconds()
        lately = self._logged_at is not None and now - self._logged_at < LOG_EVERY
        if self._quiet or lately:
            return
        rest = " No more questions for a minute." if self._opened_at is not None else ""
        log.warning("%s: %s (failures: %d)%s", self._name, sentence, self._unlogged, rest)
        self._logged_at, self._unlogged = now, 0


class Breakers:
    """One for each model of a server under a key; the longest unused are forgotten."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._breakers: OrderedDict[tuple[str, str, int], Breaker] = OrderedDict()

    def of(self, endpoint: Endpoint, *, fresh: bool = False) -> Breaker:
        """Return the breaker of an endpoint, or one that has seen nothing, for a test.

        What a test finds is shown to the person who asked for it.
        """
        name = f"{endpoint.model} at {endpoint.base_url}"
        made = Breaker(name, seconds=self._seconds, quiet=fresh)
        if fresh:
            return made
        key = endpoint.base_url, endpoint.model, hash(endpoint.api_key)
        breaker = self._breakers.setdefault(key, made)
        self._breakers.move_to_end(key)
        while len(self._breakers) > MOST_BREAKERS:
            self._breakers.popitem(last=False)
        return breaker
