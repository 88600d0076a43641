"""The rules of the context on the settings page."""

import pytest

from dayloom.preferences.models import PlanRule, RuleOrigin
from dayloom.preferences.rules_words import understood
from tests.conftest import Desk
from tests.web.visiting import Visitor, toast

CONTEXT = "I am a teacher. No calls before 10. <b>Nothing</b> on Sundays"


@pytest.fixture
def rules(visitor: Visitor, desk: Desk) -> list[PlanRule]:
    visitor.send("/settings/preferences/context", {"context": CONTEXT})
    return stored(desk)


def stored(desk: Desk) -> list[PlanRule]:
    return list(desk.read(lambda s: s.rules.all()))


def test_none_yet_says_what_to_do(visitor: Visitor) -> None:
    assert "Write “No calls before 10” above" in visitor.look()


def test_saved_words_are_listed_with_what_was_understood(
    visitor: Visitor, rules: list[PlanRule]
) -> None:
    page = visitor.part("/settings/rules")
    assert len(rules) == 3
    assert "No calls before 10:00" in page
    assert "“No calls before 10.”" in page
    assert "Concerns none of your open tasks yet." in page
    assert page.count("Not understood as a rule") == 2
    assert "<b>" not in page


def test_a_switch_and_its_undo(visitor: Visitor, desk: Desk, rules: list[PlanRule]) -> None:
    answer = visitor.send(f"/settings/rules/{rules[1].id}/off", {})
    assert toast(answer)["text"] == "Rule switched off"
    assert "Switched off: it changes nothing." in visitor.part("/settings/rules")
    visitor.undo(answer)
    assert stored(desk)[1].enabled


def test_a_rule_is_said_anew_and_put_back(
    visitor: Visitor, desk: Desk, rules: list[PlanRule]
) -> None:
    answer = visitor.send(f"/settings/rules/{rules[1].id}", {"words": "No calls before 11:30"})
    assert understood(stored(desk)[1]) == "No calls before 11:30"
    assert "changed by you" in visitor.part("/settings/rules")
    visitor.undo(answer)
    after = stored(desk)[1]
    assert (understood(after), after.origin) == ("No calls before 10:00", RuleOrigin.GRAMMAR)


def test_what_was_not_understood_is_given_a_meaning_and_loses_it(
    visitor: Visitor, desk: Desk, rules: list[PlanRule]
) -> None:
    answer = visitor.send(f"/settings/rules/{rules[0].id}", {"words": "Nothing on Fridays"})
    assert understood(stored(desk)[0]) == "No tasks on Friday"
    visitor.undo(answer)
    assert understood(stored(desk)[0]) == ""


@pytest.mark.parametrize("words", ["", "Hello", "No calls before 10 or after 16", "x" * 5000])
def test_words_that_are_no_rule_change_nothing(
    visitor: Visitor, desk: Desk, rules: list[PlanRule], words: str
) -> None:
    url = f"/settings/rules/{rules[1].id}"
    answer = visitor.send(url, {"words": words}, status=422)
    assert answer.headers["HX-Retarget"] == f"#rule-{rules[1].id}-words-error"
    page = visitor.send_plainly(url, {"words": words}, status=422).text
    assert "not understood as one rule" in page
    assert understood(stored(desk)[1]) == "No calls before 10:00"


def test_a_rule_is_removed_and_brought_back(
    visitor: Visitor, desk: Desk, rules: list[PlanRule]
) -> None:
    answer = visitor.send(f"/settings/rules/{rules[1].id}/removal", {})
    assert "No calls" not in visitor.part("/settings/rules")
    visitor.undo(answer)
    assert rules[1].id in {rule.id for rule in stored(desk)}


def test_a_sentence_is_added_and_taken_back(visitor: Visitor, desk: Desk) -> None:
    answer = visitor.send("/settings/rules", {"sentence": "Nothing on Sundays"})
    assert toast(answer)["text"] == "Rule added"
    visitor.undo(answer)
    assert stored(desk) == []


def test_a_sentence_that_cannot_be_added_stays_typed(visitor: Visitor) -> None:
    answer = visitor.send("/settings/rules", {"sentence": " "}, status=422)
    assert answer.headers["HX-Retarget"] == "#new-rule-sentence-error"
    long = "y" * 301
    page = visitor.send_plainly("/settings/rules", {"sentence": long}, status=422).text
    assert f'value="{long}"' in page


@pytest.mark.parametrize(
    "says",
    ["", "{", "[]", '{"kind": "no_go", "start": 3}', '{"kind": "hours", "hour_map": "moon"}', "7"],
)
def test_a_forged_undo_changes_nothing(
    visitor: Visitor, desk: Desk, rules: list[PlanRule], says: str
) -> None:
    visitor.send(
        f"/settings/rules/{rules[1].id}/reversal", {"origin": "person", "says": says}, status=422
    )
    assert understood(stored(desk)[1]) == "No calls before 10:00"


def test_without_scripts_a_press_leads_back_to_the_rules(
    visitor: Visitor, rules: list[PlanRule]
) -> None:
    answer = visitor.send_plainly(f"/settings/rules/{rules[1].id}/off", {}, status=303)
    assert answer.headers["location"] == "/settings#rules"


def test_the_hours_that_a_day_shows_are_those_that_the_rules_leave(
    visitor: Visitor, desk: Desk
) -> None:
    visitor.send("/settings/rules", {"sentence": "Nothing before 12"})
    assert desk.read(lambda s: s.rules.hour_maps()[0].weekly[0]) == [["12:00", "17:00"]]


def test_a_rule_that_is_not_there_is_told(visitor: Visitor) -> None:
    visitor.send("/settings/rules/77/off", {}, status=404)
