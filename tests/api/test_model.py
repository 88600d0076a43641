"""The model over the REST interface: what comes in, and that its key never goes out."""

import pytest

from dayloom.accounts.changes import MODEL_TEST
from dayloom.infra import work
from tests.api.conftest import Api
from tests.conftest import Desk

KEY = "sk-secret-4711"
LOCAL = {"provider": "openai", "base_url": "http://localhost:1234/v1", "model": "small"}


def test_without_a_model_all_is_null(api: Api) -> None:
    shown = api.get("/model")
    assert (shown["enabled"], shown["has_key"], shown["testing"]) == (False, False, False)
    assert (shown["provider"], shown["model"], shown["max_tokens"]) == (None, None, None)


def test_a_model_is_connected_and_tested(api: Api, desk: Desk) -> None:
    shown = api.ask("PUT", "/model", {**LOCAL, "key": KEY, "daily_cap": 2})
    assert (shown["enabled"], shown["has_key"], shown["testing"]) == (True, True, True)
    assert (shown["base_url"], shown["daily_cap"]) == (LOCAL["base_url"], 2)
    assert desk.read(lambda s: work.wanted(s.session, MODEL_TEST, str(s.account_id))) == 1


def test_the_key_is_in_no_answer(api: Api) -> None:
    answers = [
        api.ask("PUT", "/model", {**LOCAL, "key": KEY}),
        api.get("/model"),
        api.ask("PUT", "/model", {"key": KEY, "max_tokens": 1}, status=422),
        api.ask("PUT", "/model", {"key": f"{KEY} {KEY}"}, status=422),
        api.post("/model/test", status=202),
    ]
    assert KEY not in str(answers)


def test_what_is_absent_stays(api: Api) -> None:
    api.ask("PUT", "/model", {**LOCAL, "key": KEY, "timeout_seconds": 90})
    shown = api.ask("PUT", "/model", {"max_tokens": 500})
    assert (shown["timeout_seconds"], shown["max_tokens"]) == (90, 500)
    assert (shown["has_key"], shown["model"]) == (True, "small")


def test_an_empty_key_deletes_it(api: Api) -> None:
    api.ask("PUT", "/model", {**LOCAL, "key": KEY})
    assert api.ask("PUT", "/model", {"key": ""})["has_key"] is False


def test_removal_leaves_rules_only(api: Api) -> None:
    api.ask("PUT", "/model", {**LOCAL, "key": KEY})
    api.ask("DELETE", "/model", status=204)
    shown = api.get("/model")
    assert (shown["enabled"], shown["has_key"]) == (False, False)
    api.post("/model/test", status=409)


@pytest.mark.parametrize(
    "given",
    [
        {"provider": "other"},
        {"base_url": "ftp://x"},
        {"max_tokens": 99},
        {"max_tokens": "many"},
        {"timeout_seconds": 601},
        {"daily_cap": -1},
        {"price_in": 1e9},
        {"secret": "x"},
    ],
)
def test_a_mistake_names_its_field_and_changes_nothing(api: Api, given: dict[str, object]) -> None:
    problem = api.ask("PUT", "/model", given, status=422)
    assert next(iter(given)) in str(problem)
    assert api.get("/model")["provider"] is None
