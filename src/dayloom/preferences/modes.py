"""Who decides about a plan, given what it is behind with."""

from collections.abc import Collection

from dayloom.accounts.news import News
from dayloom.preferences.models import PlanMode, Preferences


def mode_of(preferences: Preferences, news: News) -> PlanMode:
    """Return who decides after a change of this kind."""
    own: PlanMode | None = getattr(preferences, f"{news.value}_mode")
    return own or preferences.plan_mode


def mode_for(preferences: Preferences, waiting: Collection[News]) -> PlanMode:
    """Return who decides about one plan for all that waits: the strictest that plans at all.

    What waits for the person to ask does not keep the rest from being planned, but then nothing
    that was seen moves without a question.
    """
    modes = {mode_of(preferences, news) for news in waiting} or {preferences.plan_mode}
    return modes.pop() if len(modes) == 1 else PlanMode.ASK
