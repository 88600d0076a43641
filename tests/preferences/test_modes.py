"""Who decides, by what a plan is behind with."""

import pytest

from dayloom.accounts.news import News
from dayloom.preferences.models import PlanMode, Preferences
from dayloom.preferences.modes import mode_for, mode_of

AUTO, ASK, MANUAL = PlanMode


def preferences(**modes: PlanMode) -> Preferences:
    return Preferences(plan_mode=ASK, **modes)


def test_a_kind_without_a_mode_of_its_own_follows_the_general_one() -> None:
    own = preferences(calendars_mode=AUTO)
    assert [mode_of(own, news) for news in News] == [ASK, AUTO, ASK, ASK]


@pytest.mark.parametrize(
    ("waiting", "mode"),
    [
        (set(), ASK),
        ({News.TASKS}, AUTO),
        ({News.CALENDARS}, MANUAL),
        ({News.TASKS, News.OVERDUE}, AUTO),
        ({News.TASKS, News.CONTEXT}, ASK),
        ({News.TASKS, News.CALENDARS}, ASK),
    ],
)
def test_one_plan_for_several_kinds_asks_unless_all_agree(
    waiting: set[News], mode: PlanMode
) -> None:
    own = preferences(tasks_mode=AUTO, overdue_mode=AUTO, calendars_mode=MANUAL)
    assert mode_for(own, waiting) is mode
