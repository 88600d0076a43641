"""How long to wait before a model that does not answer is asked again."""

from datetime import datetime, timedelta

FIRST, LONGEST = timedelta(minutes=1), timedelta(minutes=30)


class Patience:
    """Doubles the pause of an account with every failure, and forgets it with an answer."""

    def __init__(self) -> None:
        self._pauses: dict[int, timedelta] = {}

    def after_failure(self, account_id: int, now: datetime) -> datetime:
        """Return when to ask again."""
        pause = self._pauses.get(account_id, FIRST)
        self._pauses[account_id] = min(2 * pause, LONGEST)
        return now + pause

    def forget(self, account_id: int) -> None:
        self._pauses.pop(account_id, None)
