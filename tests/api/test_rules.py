"""The rules of the context over REST."""

import pytest

from tests.api.conftest import Api, Body

SENTENCE = "No calls before 10"


@pytest.fixture
def rule(api: Api) -> Body:
    (added,) = api.ask("POST", "/rules", {"sentence": SENTENCE}, status=201)["rules"]
    found: Body = added
    return found


def test_a_rule_is_listed_with_what_was_understood(api: Api, rule: Body) -> None:
    assert api.get("/rules")["rules"] == [rule]
    assert rule["understood"] == "No calls before 10:00"
    assert rule["values"] == {"start": "00:00", "end": "10:00", "subject": "calls"}
    assert (rule["origin"], rule["enabled"], rule["complaint"]) == ("grammar", True, "")
    assert api.get("/context")["context"] == SENTENCE


def test_the_context_is_read_when_it_is_put(api: Api) -> None:
    api.ask("PUT", "/context", {"context": "I am a nurse. Nothing on Sundays."})
    kinds = [(one["kind"], one["understood"]) for one in api.get("/rules")["rules"]]
    assert kinds == [("not_understood", ""), ("no_go", "No tasks on Sunday")]


def test_a_rule_is_switched_and_changed_by_values_and_in_words(api: Api, rule: Body) -> None:
    path = f"/rules/{rule['id']}"
    assert not api.ask("PATCH", path, {"enabled": False})["enabled"]
    says = {"kind": "prefer", "days": [0, 1], "start": "13:00", "end": "15:00", "subject": "calls"}
    changed = api.ask("PATCH", path, {"says": says, "enabled": True})
    assert changed["understood"] == "Calls preferably from 13:00 to 15:00, on Monday and Tuesday"
    assert (changed["origin"], changed["enabled"]) == ("person", True)
    reworded = api.ask("PATCH", path, {"words": "At most 4 hours a day"})
    assert (reworded["kind"], reworded["values"]) == ("daily_limit", {"minutes": 240})


def test_a_removed_rule_can_be_brought_back(api: Api, rule: Body) -> None:
    path = f"/rules/{rule['id']}"
    api.ask("DELETE", path, status=204)
    assert (api.get("/rules")["rules"], api.get("/context")["context"]) == ([], "")
    assert api.ask("POST", f"{path}/restoration")["id"] == rule["id"]
    assert api.get("/context")["context"] == SENTENCE


@pytest.mark.parametrize(
    "body",
    [
        {"says": {"kind": "no_go"}},
        {"says": {"kind": "no_go", "start": "9", "end": "10"}},
        {"says": {"kind": "no_go", "days": [9]}},
        {"says": {"kind": "delete"}},
        {"says": {"kind": "daily_limit", "minutes": 7}},
        {"says": {"kind": "routine", "subject": "Gym", "times_per_week": 99}},
        {"says": {"kind": "hours", "days": [1], "hour_map": "moon"}},
        {"words": "Hello there"},
        {"enabled": "yes"},
        {"colour": "red"},
    ],
)
def test_what_makes_no_sense_is_refused_whole(api: Api, rule: Body, body: Body) -> None:
    api.ask("PATCH", f"/rules/{rule['id']}", {**body, "enabled": False} if "enabled" not in body
            else body, status=422)  # fmt: skip
    assert api.get("/rules")["rules"] == [rule]


@pytest.mark.parametrize("sentence", ["", "?", SENTENCE, "x" * 301])
def test_no_new_sentence_is_refused(api: Api, rule: Body, sentence: str) -> None:
    api.ask("POST", "/rules", {"sentence": sentence}, status=422)
    assert api.get("/rules")["rules"] == [rule]


@pytest.mark.parametrize(
    ("method", "path"),
    [("PATCH", "/rules/9"), ("DELETE", "/rules/9"), ("POST", "/rules/9/restoration")],
)
def test_a_rule_that_is_not_there_is_not_found(api: Api, method: str, path: str) -> None:
    api.ask(method, path, {} if method == "PATCH" else None, status=404)
