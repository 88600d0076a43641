"""The rules of a context: what stays, what goes, and what a person can do about each."""

import pytest
from sqlalchemy.orm import Session

from dayloom.accounts.models import Account
from dayloom.infra.errors import Invalid, NotFound
from dayloom.language.wishes import Wish, WishKind
from dayloom.preferences.models import PlanRule, RuleKind, RuleOrigin
from dayloom.preferences.rules_words import understood
from dayloom.tasks.models import Task
from tests.conftest import MONDAY_MORNING, Desk

NO_CALLS = "No calls before 10."
GYM = "Gym three times a week at lunch."
CONTEXT = f"I am a teacher. {NO_CALLS} {GYM}"


def tell(desk: Desk, context: str) -> None:
    desk.write(lambda s: s.change_preferences({"context": context}))


def rules(desk: Desk) -> list[PlanRule]:
    return list(desk.read(lambda s: s.rules.all()))


def context(desk: Desk) -> str:
    return desk.read(lambda s: s.preferences.require().context)


def complaint(desk: Desk, sentence: str) -> str:
    return next(rule.complaint for rule in rules(desk) if rule.sentence.startswith(sentence))


def gym(desk: Desk) -> list[Task]:
    return [task for task in desk.read(lambda s: s.tasks.unfinished()) if task.title == "Gym"]


def test_storing_the_context_reads_it(desk: Desk) -> None:
    tell(desk, CONTEXT)
    assert [(rule.kind, rule.sentence) for rule in rules(desk)] == [
        (RuleKind.NOT_UNDERSTOOD, "I am a teacher."),
        (RuleKind.NO_GO, NO_CALLS),
        (RuleKind.ROUTINE, GYM),
    ]
    assert {rule.origin for rule in rules(desk)} == {RuleOrigin.GRAMMAR}


def test_a_sentence_that_still_stands_there_keeps_its_rule(desk: Desk) -> None:
    tell(desk, CONTEXT)
    _, calls, habit = rules(desk)
    desk.write(lambda s: s.rules.switch(calls.id, enabled=False))
    tell(desk, f"{GYM}\n\n- no  calls before 10.\nNothing on Sundays")
    after = rules(desk)
    assert [rule.id for rule in after[:2]] == [habit.id, calls.id]
    assert (after[0].series_id, after[1].enabled) == (habit.series_id, False)
    assert len(after) == 3


def test_what_a_person_made_of_a_rule_stays(desk: Desk) -> None:
    tell(desk, CONTEXT)
    calls = rules(desk)[1]
    wish = Wish(kind=WishKind.NO_GO, start="00:00", end="11:00", subject="calls")
    desk.write(lambda s: s.rules.change(calls.id, wish))
    tell(desk, f"{CONTEXT} Nothing on Sundays.")
    edited = rules(desk)[1]
    assert (understood(edited), edited.origin) == ("No calls before 11:00", RuleOrigin.PERSON)


def test_a_routine_begins_and_ends_with_its_rule(desk: Desk) -> None:
    tell(desk, CONTEXT)
    habit = rules(desk)[2]
    assert len(gym(desk)) >= 3
    desk.write(lambda s: s.rules.switch(habit.id, enabled=False))
    assert gym(desk) == []
    desk.write(lambda s: s.rules.switch(habit.id, enabled=True))
    assert {task.preferred[0]["start"] for task in gym(desk)} == {"12:00"}
    tell(desk, "")
    assert (gym(desk), rules(desk)) == ([], [])


def test_a_removed_rule_takes_its_sentence_and_comes_back_with_it(desk: Desk) -> None:
    tell(desk, CONTEXT)
    habit = rules(desk)[2]
    desk.write(lambda s: s.rules.remove(habit.id))
    assert (context(desk), gym(desk)) == (f"I am a teacher. {NO_CALLS}", [])
    desk.write(lambda s: s.rules.restore(habit.id))
    assert GYM in context(desk)
    assert [rule.sentence for rule in rules(desk)].count(GYM) == 1
    assert gym(desk)


def test_one_of_two_rules_of_a_sentence_goes_alone_and_stays_away(desk: Desk) -> None:
    tell(desk, "No calls before 10 or after 16")
    first, second = rules(desk)
    desk.write(lambda s: s.rules.remove(first.id))
    tell(desk, "No calls before 10 or after 16\nNothing on Sundays")
    assert [rule.sentence for rule in rules(desk)][1:] == ["Nothing on Sundays"]
    assert rules(desk)[0].id == second.id


def test_an_added_rule_is_a_sentence_of_the_context(desk: Desk) -> None:
    tell(desk, CONTEXT)
    (added,) = desk.write(lambda s: s.rules.add("Nothing on  Sundays"))
    assert context(desk) == f"{CONTEXT}\nNothing on Sundays"
    assert understood(added) == "No tasks on Sunday"


@pytest.mark.parametrize("sentence", ["", " ", "?!", "x" * 301, NO_CALLS.upper()])
def test_what_is_no_new_sentence_is_refused(desk: Desk, sentence: str) -> None:
    tell(desk, CONTEXT)
    with pytest.raises(Invalid):
        desk.write(lambda s: s.rules.add(sentence))
    assert context(desk) == CONTEXT


@pytest.mark.parametrize(
    "wish",
    [
        Wish(kind=WishKind.NO_GO),
        Wish(kind=WishKind.NO_GO, start="10:00"),
        Wish(kind=WishKind.NO_GO, start="25:00", end="26:00"),
        Wish(kind=WishKind.NO_GO, start="10:00", end="10:00"),
        Wish(kind=WishKind.NO_GO, start="10:01", end="11:00"),
        Wish(kind=WishKind.NO_GO, days=(7,)),
        Wish(kind=WishKind.HOURS, days=(0,), hour_map="moon"),
        Wish(kind=WishKind.BUFFER),
        Wish(kind=WishKind.BUFFER, minutes=7),
        Wish(kind=WishKind.DAILY_LIMIT, minutes=9_000),
        Wish(kind=WishKind.ROUTINE, times_per_week=3),
        Wish(kind=WishKind.ROUTINE, subject="Gym"),
        Wish(kind=WishKind.ROUTINE, subject="Gym", times_per_week=8),
        Wish(kind=WishKind.PREFER, days=(0,), subject="a\x00b"),
    ],
)
def test_values_that_make_no_sense_change_nothing(desk: Desk, wish: Wish) -> None:
    tell(desk, CONTEXT)
    calls = rules(desk)[1]
    with pytest.raises(Invalid):
        desk.write(lambda s: s.rules.change(calls.id, wish))
    assert understood(rules(desk)[1]) == "No calls before 10:00"


def test_nobody_has_a_rule_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.write(lambda s: s.rules.remove(7))


@pytest.mark.parametrize(
    ("context", "sentence", "said"),
    [
        ("I work Mon-Fri 9-17. I work Mon-Fri 10-18.", "I work Mon-Fri 9", "says other hours"),
        ("On Fridays I work 9-12. Fridays off.", "On Fridays", "“Fridays off” closes all of it"),
        ("Calls in the afternoon. No calls after 12:00.", "Calls in", "forbids it"),
        ("Errands on Saturday. Nothing on weekends.", "Errands", "No hours are open then"),
        ("Gym 3x a week at lunch. Keep lunch 12-14 free.", "Gym", "keeps that time free"),
        ("Run on Mondays at 7. Nothing before 9.", "Run", "keeps that time free"),
        ("Gym 3x a week for 2h. At most 1 hour a day.", "At most", "alone takes 2 h"),
        ("At most 6 hours a day. At most 4 hours a day.", "At most 6", "is stricter"),
        ("10 minutes between tasks. 20 minutes between tasks.", "10", "asks for more"),
        ("Nothing on weekends. Nothing before 23:00.", "Nothing before", "no open time left"),
        ("Calls only in the evening. Nothing after 17.", "Calls", "No time is left in which"),
        (
            "Nothing before 20:00. Nothing on weekends. Gym 7 times a week for 4h.",
            "Gym",
            "No hours are open for 4 h",
        ),
    ],
)
def test_rules_that_do_not_go_together_say_so(
    desk: Desk, context: str, sentence: str, said: str
) -> None:
    tell(desk, context)
    assert said in complaint(desk, sentence)


def test_a_complaint_goes_when_its_cause_does(desk: Desk) -> None:
    tell(desk, "Errands on Saturday. Nothing on weekends.")
    weekend = rules(desk)[1]
    desk.write(lambda s: s.rules.switch(weekend.id, enabled=False))
    assert complaint(desk, "Errands") == ""
    personal = desk.read(lambda s: s.preferences.hour_maps()[1].id)
    desk.write(lambda s: s.preferences.remove_hour_map(personal))
    assert "No hours are open then" in complaint(desk, "Errands")


def test_rules_that_go_together_are_left_in_peace(desk: Desk) -> None:
    tell(
        desk,
        "I work Mon–Fri 9 to 5. No calls before 10. Deep work in the mornings. "
        "10 minutes between tasks. Leave 15 min around meetings. At most 6 hours a day. "
        "Max 2h of calls a day. Gym three times a week at lunch. Errands on Saturday.",
    )
    assert [rule.complaint for rule in rules(desk)] == [""] * 9


def test_more_sentences_than_anybody_writes_are_bounded(desk: Desk) -> None:
    tell(
        desk,
        "\n".join(
            f"No calls before 10 or after {hour}:{minute:02d} or on Sundays"
            for hour in range(11, 24)
            for minute in range(0, 60, 5)
        )[:10_000],
    )
    assert 0 < len(rules(desk)) <= 310


def test_an_account_never_sees_the_rules_of_another(desk: Desk) -> None:
    tell(desk, CONTEXT)
    foreign = desk.write(lambda s: _foreign(s.session))
    assert foreign not in {rule.id for rule in rules(desk)}
    with pytest.raises(NotFound):
        desk.write(lambda s: s.rules.switch(foreign, enabled=False))


def _foreign(session: Session) -> int:
    """Store a rule of somebody else and return its number."""
    account = Account(name="Other", created_at=MONDAY_MORNING)
    session.add(account)
    session.flush()
    rule = PlanRule(
        account_id=account.id,
        position=0,
        kind=RuleKind.NOT_UNDERSTOOD,
        sentence="Secret",
        origin=RuleOrigin.GRAMMAR,
        created_at=MONDAY_MORNING,
    )
    session.add(rule)
    session.flush()
    return rule.id
