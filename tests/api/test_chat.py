"""The conversation over REST: orders are done, deletions wait, bad input leaves nothing."""

import pytest

from dayloom.bootstrap import Container
from tests.api.conftest import Api, Body
from tests.conftest import Desk
from tests.plans.reader import connect


def say(api: Api, text: str) -> Body:
    """Return the answer to a message."""
    answer: Body = api.post("/chat", {"text": text}, status=201)["answer"]
    return answer


def test_an_order_is_done_and_undone(api: Api) -> None:
    answer = say(api, "Create high priority task to fix login bug")
    assert (answer["state"], answer["undoable"], answer["proposed"]) == ("complete", True, False)
    assert api.get("/tasks/1")["priority"] == 8
    undone = api.post(f"/chat/messages/{answer['id']}/undo")
    assert undone["commands"][0]["state"] == "undone"
    assert api.get("/tasks")["tasks"] == []
    assert api.post(f"/chat/messages/{answer['id']}/undo", status=409)["code"] == "conflict"


def test_a_deletion_waits_for_consent(api: Api) -> None:
    api.add("Write")
    answer = say(api, "delete task 1")
    assert answer["proposed"]
    assert len(api.get("/tasks")["tasks"]) == 1
    api.post(f"/chat/messages/{answer['id']}/consent")
    assert api.get("/tasks")["tasks"] == []
    api.post(f"/chat/messages/{answer['id']}/consent", status=409)
    api.post(f"/chat/messages/{answer['id']}/decline", status=409)


def test_a_declined_deletion_is_none(api: Api) -> None:
    api.add("Write")
    answer = say(api, "delete task 1")
    declined = api.post(f"/chat/messages/{answer['id']}/decline")
    assert declined["commands"][0]["state"] == "declined"
    assert len(api.get("/tasks")["tasks"]) == 1


def test_messages_are_listed_cleared_and_brought_back(api: Api) -> None:
    say(api, "What tasks do I have?")
    listed = api.get("/chat/messages")["messages"]
    assert [message["role"] for message in listed] == ["person", "assistant"]
    assert listed[1]["note"] == "Answered by rules"
    assert len(api.get("/chat/messages?limit=1")["messages"]) == 1
    assert api.ask("DELETE", "/chat") == {"messages": 2}
    assert api.get("/chat/messages")["messages"] == []
    assert api.post("/chat/restoration") == {"messages": 2}
    assert api.get("/chat/messages")["messages"] == listed


def test_a_repeated_request_is_done_once(api: Api) -> None:
    body, once = {"text": "add buy milk"}, {"Idempotency-Key": "a"}
    first = api.post("/chat", body, status=201, headers=once)
    assert api.post("/chat", body, status=201, headers=once) == first
    assert len(api.get("/tasks")["tasks"]) == 1


def test_the_model_is_waited_for_elsewhere(api: Api, container: Container) -> None:
    Desk(container).write(connect)
    answer = say(api, "How was my week?")
    assert (answer["state"], answer["text"]) == ("waiting", "")
    api.post(f"/chat/messages/{answer['id']}/retry", status=409)


@pytest.mark.parametrize(
    "body",
    [{}, {"text": ""}, {"text": " "}, {"text": "x" * 4001}, {"text": 5}, {"text": "\x00"},
     {"text": "hi", "more": 1}, {"text": None}, []],
)  # fmt: skip
def test_bad_input_says_what_is_wrong_and_leaves_nothing(api: Api, body: object) -> None:
    assert api.post("/chat", body, status=422)["detail"]
    assert api.get("/chat/messages")["messages"] == []


@pytest.mark.parametrize("act", ["consent", "decline", "undo", "retry"])
def test_unknown_messages_are_not_found(api: Api, act: str) -> None:
    assert api.post(f"/chat/messages/99/{act}", status=404)["code"] == "not_found"
