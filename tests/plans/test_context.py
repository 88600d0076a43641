"""A model reads what the grammar did not: nothing that is not in the words, nothing in secret."""

from typing import Any

import pytest

from dayloom.accounts.changes import CONTEXT
from dayloom.inferences.models import ExecutionRow
from dayloom.infra import work
from dayloom.infra.work import Claim, Finish
from dayloom.language.program.execution import Failure
from dayloom.plans.context import ContextJob
from dayloom.preferences.models import PlanRule, RuleKind, RuleOrigin
from dayloom.preferences.rules_words import understood
from tests.plans.conftest import Planner
from tests.plans.scripted import Scripted

SCHOOL = "Weil die Schule um 16 Uhr endet, geht danach nichts mehr."
READ = "No calls before 10."


class Listener:
    """A planner's desk with a model that reads the context."""

    def __init__(self, planner: Planner) -> None:
        self.planner = planner
        self.model = Scripted(planner.container)
        self.job = ContextJob(planner.container.db, planner.clock, self.model)

    def tell(self, context: str) -> None:
        self.planner.write(lambda s: s.change_preferences({"context": context}))

    def once(self, *rules: dict[str, Any]) -> Finish:
        """Let the model answer with these rules, and store what comes of it."""
        self.model.says = lambda _: {"rules": list(rules)}
        key = str(self.planner.container.account_id)
        want = self.planner.read(lambda s: work.wanted(s.session, CONTEXT, key))
        finish = self.planner.run(self.job(Claim(kind=CONTEXT, key=key, want=want)))
        if unit := finish.unit:
            self.planner.container.db.write_now(lambda session: unit(session))
        return finish

    def rules(self) -> list[PlanRule]:
        return list(self.planner.read(lambda s: s.rules.all()))

    def said(self) -> list[str]:
        return [understood(rule) for rule in self.rules()]


@pytest.fixture
def listener(planner: Planner) -> Listener:
    return Listener(planner)


def closed(**more: Any) -> dict[str, Any]:
    return {"kind": "no_go", "quote": SCHOOL, "start": "16:00", "end": "24:00", **more}


def test_the_model_is_asked_only_what_the_grammar_left(listener: Listener) -> None:
    listener.tell(f"{READ} {SCHOOL}")
    listener.once(closed())
    assert [question.context.text for question in listener.model.asked] == [SCHOOL]
    assert listener.said() == ["No calls before 10:00", "No tasks after 16:00"]
    learned = listener.rules()[1]
    assert (learned.origin, learned.enabled) == (RuleOrigin.MODEL, True)
    assert learned.execution_id is not None


def test_what_a_call_set_is_kept_with_it_and_can_be_forgotten(listener: Listener) -> None:
    listener.tell(f"{READ} {SCHOOL}")
    listener.once(closed())
    learned = listener.rules()[1]
    facts = listener.planner.read(lambda s: s.session.query(ExecutionRow).one().facts)
    assert facts == [{"rule": learned.id}]
    number = learned.execution_id or 0
    assert listener.planner.write(lambda s: s.forgetting.forget(number)).taken_back == 1
    assert [(rule.kind, rule.sentence) for rule in listener.rules()] == [
        (RuleKind.NO_GO, READ),
        (RuleKind.NOT_UNDERSTOOD, SCHOOL),
    ]
    listener.once(closed())
    assert len(listener.model.asked) == 1


def test_a_sentence_is_asked_about_once(listener: Listener) -> None:
    listener.tell(SCHOOL)
    listener.once()
    listener.once(closed())
    assert len(listener.model.asked) == 1
    assert listener.said() == [""]


@pytest.mark.parametrize(
    "answer",
    [
        closed(quote="No work at all"),
        closed(quote=""),
        closed(quote="16 Uhr"),
        closed(quote=READ),
        closed(start="25:00"),
        closed(start="16:00", end="16:00"),
        closed(start="13:00"),
        closed(start="soon"),
        closed(start="", end=""),
        closed(subject="calls"),
        closed(kind="delete_everything"),
        {"kind": "daily_limit", "quote": SCHOOL, "minutes": 30},
        {"kind": "daily_limit", "quote": SCHOOL, "minutes": -5},
        {"kind": "buffer", "quote": SCHOOL, "minutes": 120},
        {"kind": "routine", "quote": SCHOOL, "times_per_week": 7, "subject": "Schule"},
        {"kind": "hours", "quote": SCHOOL, "start": "03:00", "end": "04:00"},
    ],
)
def test_what_does_not_stand_in_the_words_is_nothing(
    listener: Listener, answer: dict[str, Any]
) -> None:
    listener.tell(f"{READ} {SCHOOL}")
    listener.once(answer)
    assert listener.said() == ["No calls before 10:00", ""]


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("I am a morning person.", {"kind": "no_go", "start": "12:00", "end": "24:00"}),
        ("Open all hours to everybody.", {"kind": "hours", "start": "00:00", "end": "24:00"}),
        ("My team is in Oslo.", {"kind": "no_go", "days": ["mon", "tue", "wed", "thu", "fri"]}),
    ],
)
def test_time_is_neither_closed_nor_opened_without_a_word_for_it(
    listener: Listener, sentence: str, answer: dict[str, Any]
) -> None:
    listener.tell(sentence)
    listener.once({**answer, "quote": sentence})
    assert listener.said() == [""]


def test_every_day_is_seven_times_a_week(listener: Listener) -> None:
    sentence = "Weather permitting, a swim every day does me good."
    listener.tell(sentence)
    listener.once({"kind": "routine", "quote": sentence, "times_per_week": 7, "subject": "swim"})
    assert listener.said() == ["swim, 7 times a week, as a task that repeats"]


def test_a_thousand_rules_are_a_few(listener: Listener) -> None:
    listener.tell(SCHOOL)
    listener.once(*[closed(days=["mon", "tue"][: number % 3]) for number in range(1000)])
    assert len(listener.rules()) <= 3


def test_a_model_cannot_close_the_whole_week(listener: Listener) -> None:
    sentence = "Honestly, no day suits me at all."
    listener.tell(sentence)
    listener.once({"kind": "no_go", "quote": sentence, "days": ["mon", "tue", "wed", "thu", "fri",
                                                              "sat", "sun"]})  # fmt: skip
    (rule,) = listener.rules()
    assert not rule.enabled
    listener.planner.add("Report 1h")
    listener.planner.replan()
    assert listener.planner.look().slots


def test_what_the_person_did_meanwhile_stands(listener: Listener) -> None:
    listener.tell(SCHOOL)
    listener.model.meanwhile = lambda: listener.tell("Nothing on Sundays")
    listener.once(closed())
    assert listener.said() == ["No tasks on Sunday"]


def test_the_grammar_takes_over_when_it_can(listener: Listener) -> None:
    listener.tell(SCHOOL)
    listener.once(closed())
    listener.tell(READ)
    assert [rule.origin for rule in listener.rules()] == [RuleOrigin.GRAMMAR]


@pytest.mark.parametrize(
    ("failure", "again"), [(Failure.DEADLINE, True), (Failure.REFUSED, False)]
)
def test_without_an_answer_the_sentence_stays_unread(
    listener: Listener, failure: Failure, *, again: bool
) -> None:
    listener.tell(SCHOOL)
    listener.model.fails = failure
    finish = listener.once()
    assert (finish.again_at is not None) is again
    assert [rule.kind for rule in listener.rules()] == [RuleKind.NOT_UNDERSTOOD]


def test_without_a_model_nothing_is_asked(listener: Listener) -> None:
    listener.tell(SCHOOL)
    listener.model.configured = False
    assert listener.once() == Finish()
    assert listener.model.asked == []
