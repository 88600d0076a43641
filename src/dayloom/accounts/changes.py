"""What a change of an account's data sets in motion: live pages and, mostly, a new plan."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from dayloom.accounts.news import News, note_news
from dayloom.infra import live, work

REPLAN = "replan"
REQUEST = "request"
RECURRENCE = "recurrence"
CALENDAR = "calendar"
READING = "reading"
PRIORITIES = "priorities"
CONTEXT = "context"
CHAT = "chat"
MODEL_TEST = "model_test"
SCENARIO = "scenario"
DIAGNOSIS = "diagnosis"
DEBOUNCE = timedelta(milliseconds=700)
LONGEST_WAIT = timedelta(seconds=10)


class Topic(StrEnum):
    """The regions of a page that may be stale."""

    TASKS = "tasks"
    PLAN = "plan"
    CALENDARS = "calendars"
    PREFERENCES = "preferences"
    RULES = "rules"
    MODEL = "model"
    INFERENCES = "inferences"
    CHAT = "chat"
    SCENARIOS = "scenarios"


NEWS_OF = {
    Topic.CALENDARS: News.CALENDARS,
    Topic.PREFERENCES: News.CONTEXT,
    Topic.RULES: News.CONTEXT,
}


class Changes:
    """Tells the rest of the system, inside the transaction of the change itself."""

    def __init__(self, session: Session, account_id: int, now: datetime) -> None:
        self._session = session
        self._account_id = account_id
        self._now = now

    def announce(self, topic: Topic) -> None:
        """Let open pages refresh what shows `topic`."""
        live.announce(self._session, self._account_id, topic)

    def replan(self, topic: Topic) -> None:
        """Announce, and ask for a plan; a burst of changes becomes one plan."""
        self.announce(topic)
        revision = work.request(
            self._session,
            REPLAN,
            str(self._account_id),
            now=self._now,
            debounce=DEBOUNCE,
            max_wait=LONGEST_WAIT,
        )
        note_news(self._session, self._account_id, NEWS_OF.get(topic, News.TASKS), revision)

    def plan_again(self) -> None:
        """Ask for a plan at once, though nothing has changed but the time."""
        revision = work.request(self._session, REPLAN, str(self._account_id), now=self._now)
        note_news(self._session, self._account_id, News.OVERDUE, revision)

    def diagnose(self) -> None:
        """Ask why tasks are out or late in the plan that holds now."""
        work.request(self._session, DIAGNOSIS, str(self._account_id), now=self._now)

    def plan_if_idle(self) -> None:
        """Ask for a plan because time has passed, unless one is under way or was given up.

        Asking while a plan is made would overtake it, again and again.
        """
        progress = work.progress(self._session, REPLAN, str(self._account_id))
        if progress is None or progress.want == progress.done:
            self.plan_again()

    def recur(self) -> None:
        """Ask for the next occurrences of recurring tasks."""
        work.request(self._session, RECURRENCE, str(self._account_id), now=self._now)

    def read_calendar(self, calendar_id: int) -> None:
        """Ask for a calendar to be read now."""
        work.request(self._session, CALENDAR, str(calendar_id), now=self._now)

    def forget_calendar(self, calendar_id: int, *, after: timedelta) -> None:
        """Ask for what is left of a removed calendar to go, once it is too late for an undo."""
        work.request(self._session, CALENDAR, str(calendar_id), now=self._now, debounce=after)

    def read_tasks(self) -> None:
        """Ask for the tasks that no model has read yet to be read."""
        work.request(self._session, READING, str(self._account_id), now=self._now)

    def prioritize(self) -> None:
        """Ask for the priorities of all open tasks; a burst of new tasks is one question."""
        work.request(
            self._session,
            PRIORITIES,
            str(self._account_id),
            now=self._now,
            debounce=DEBOUNCE,
            max_wait=LONGEST_WAIT,
        )

    def read_context(self) -> None:
        """Ask for the rules in the context to be read by the model."""
        work.request(self._session, CONTEXT, str(self._account_id), now=self._now)

    def answer_chat(self) -> None:
        """Ask for an answer to what was said last."""
        work.request(self._session, CHAT, str(self._account_id), now=self._now)

    def test_model(self) -> None:
        """Ask for the connection to the account's model to be tested."""
        work.request(self._session, MODEL_TEST, str(self._account_id), now=self._now)

    def think_through(self, scenario_id: int) -> None:
        """Ask for a scenario to be planned through beside the plan that holds."""
        key = scenario_key(self._account_id, scenario_id)
        work.request(self._session, SCENARIO, key, now=self._now)

    def ask_for_plan(self) -> int:
        """Ask, for the person, for the best plan now; return the number of the request."""
        return work.request(self._session, REQUEST, str(self._account_id), now=self._now)


def scenario_key(account_id: int, scenario_id: int) -> str:
    """Return the key under which a scenario is planned through."""
    return f"{account_id}/{scenario_id}"
