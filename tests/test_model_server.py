"""The model server of the tests does what it is told: what is proved with it depends on that."""

import http.client
import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from tests.model_replies import UNOFFERED
from tests.model_server import (
    HUGE,
    Asked,
    Dialect,
    Fault,
    Gate,
    ModelServer,
    Says,
    serving_models,
)
from tests.waiting import wait_until

PATH = "/v1/chat/completions"
MARKERS = "Answer as [[ ## reply ## ]] and end with [[ ## completed ## ]]"
BODIES = {
    Fault.GARBAGE: "Welcome to the proxy",
    Fault.WRONG_SCHEMA: "weather",
    Fault.OTHER_IDS: str(UNOFFERED),
    Fault.TRUNCATED: '"finish_reason": "length"',
    Fault.ERROR_IN_200: '{"error"',
    Fault.NO_CHOICES: '"choices": []',
}
STATUSES = {
    Fault.RATE_LIMITED: (429, None),
    Fault.RATE_LIMITED_A_SECOND: (429, "1"),
    Fault.RATE_LIMITED_AN_HOUR: (429, "3600"),
    Fault.SERVER_ERROR: (500, None),
    Fault.UNAUTHORIZED: (401, None),
    Fault.BILLING: (402, None),
    Fault.NO_MODEL: (404, None),
}
Client = http.client.HTTPConnection


@pytest.fixture
def server(model_server: ModelServer) -> ModelServer:
    return model_server


@pytest.fixture
def client(server: ModelServer) -> Iterator[Client]:
    with closing(Client("127.0.0.1", server.port, timeout=30)) as made:
        yield made


def ask(
    client: Client, said: str = "Hello", *, key: str = "k", **body: Any
) -> http.client.HTTPResponse:
    message = {"role": "user", "content": said}
    asked = {"model": "small", "messages": [message], **body}
    headers = {"Authorization": f"Bearer {key}"}
    client.request("POST", PATH, json.dumps(asked).encode(), headers)
    return client.getresponse()


def words(client: Client, said: str = "Hello", **body: Any) -> str:
    """Return the words of an answer that is whole."""
    answered = json.load(ask(client, said, **body))
    text: str = answered["choices"][0]["message"]["content"]
    return text


def events(response: http.client.HTTPResponse) -> Iterator[Any]:
    """Yield what is streamed, as it comes."""
    while line := response.readline():
        data = line.decode().strip().removeprefix("data: ")
        if data == "[DONE]":
            return
        if data:
            yield json.loads(data)


def test_answers_come_in_turn_and_the_last_one_stays(client: Client, server: ModelServer) -> None:
    server.says("one", "two")
    server.says("mine", model="large")

    assert [words(client) for _ in range(3)] == ["one", "two", "two"]
    assert words(client, model="large") == "mine"


def test_an_answer_can_depend_on_who_asks_what(client: Client, server: ModelServer) -> None:
    def answer(asked: Asked) -> str:
        return f"{asked.key} {asked.model} {asked.prompt} {asked.format} {asked.streamed}"

    server.answer = answer

    assert words(client, "Hello", key="mine") == "mine small Hello None False"
    assert server.chats[0].headers["host"] == f"127.0.0.1:{server.port}"


def test_fields_are_written_in_the_form_that_the_prompt_wants(
    client: Client, server: ModelServer
) -> None:
    server.says({"reply": "Hi.", "commands": []})
    json_object = {"type": "json_object"}

    assert json.loads(words(client)) == {"reply": "Hi.", "commands": []}
    assert "[[ ## reply ## ]]\nHi." in words(client, MARKERS)
    assert json.loads(words(client, MARKERS, response_format=json_object))["reply"] == "Hi."


def test_an_answer_says_what_it_cost(client: Client, server: ModelServer) -> None:
    server.says(Says(text="Hi.", tokens_in=7, tokens_out=2, cost=0.5))

    usage = json.load(ask(client))["usage"]

    assert usage == {"prompt_tokens": 7, "completion_tokens": 2, "total_tokens": 9, "cost": 0.5}


@pytest.mark.parametrize(
    ("dialect", "taken"),
    [
        (Dialect.JSON_SCHEMA, {"json_schema", "json_object", None}),
        (Dialect.JSON_OBJECT, {"json_object", None}),
        (Dialect.PLAIN, {None}),
    ],
)
def test_a_dialect_refuses_what_it_does_not_know(
    client: Client, server: ModelServer, dialect: Dialect, taken: set[str | None]
) -> None:
    server.dialect, server.refusal = dialect, 500

    for kind in ("json_schema", "json_object", None):
        response = ask(client, response_format={"type": kind} if kind else None)
        response.read()
        assert response.status == (200 if kind in taken else 500)


def test_models_are_listed_for_those_with_a_key(client: Client, server: ModelServer) -> None:
    server.keys = {"mine"}

    client.request("GET", "/v1/models")
    refused = client.getresponse()
    refused.read()
    client.request("GET", "/v1/models", headers={"Authorization": "Bearer mine"})
    listed = json.load(client.getresponse())

    assert refused.status == 401
    assert [model["id"] for model in listed["data"]] == ["small", "large"]
    assert server.connections == 1, "connections are kept"


def test_pieces_come_one_by_one_as_the_test_lets_them(client: Client, server: ModelServer) -> None:
    gate = Gate()
    server.says(Says(text="First second third.", gate=gate))

    response = ask(client, stream=True)
    coming = events(response)
    gate.let(2)
    early = [next(coming)["choices"][0]["delta"]["content"] for _ in range(2)]
    sent_early = gate.sent
    gate.let_all()
    *_, finish, usage = coming

    assert early == ["First", " second"]
    assert sent_early == 2
    assert finish["choices"][0]["finish_reason"] == "stop"
    assert usage["usage"]["total_tokens"] == 120
    wait_until(lambda: server.answered == 1, "it is answered")


def test_a_reader_that_leaves_in_the_middle_is_noticed(
    client: Client, server: ModelServer
) -> None:
    gate = Gate()
    server.says(Says(text="First second third.", gate=gate))

    response = ask(client, stream=True)
    gate.let()
    response.close()
    client.close()

    gate.wait_until_left()
    wait_until(lambda: (server.left, server.inflight) == (1, 0), "it is given up")
    assert server.answered == 0


def test_a_stream_breaks_where_it_should(client: Client, server: ModelServer) -> None:
    server.says(Says(text="First second third.", cut_after=2))

    with pytest.raises(http.client.IncompleteRead) as broken:
        ask(client, stream=True).read()

    heard = broken.value.partial.decode()
    assert "second" in heard
    assert "third" not in heard
    wait_until(lambda: server.inflight == 0, "it is over")
    assert (server.answered, server.left) == (0, 0)


@pytest.mark.parametrize(("fault", "expected"), STATUSES.items())
def test_a_fault_has_its_status(
    client: Client, server: ModelServer, fault: Fault, expected: tuple[int, str | None]
) -> None:
    server.says(fault)

    response = ask(client)

    assert (response.status, response.getheader("Retry-After")) == expected
    assert "message" in json.load(response)["error"]


@pytest.mark.parametrize(("fault", "expected"), BODIES.items())
def test_a_fault_of_content_comes_with_200(
    client: Client, server: ModelServer, fault: Fault, expected: str
) -> None:
    server.fault = fault

    response = ask(client)

    assert response.status == 200
    assert expected in response.read().decode().replace('\\"', '"')


def test_a_huge_answer_is_huge(client: Client, server: ModelServer) -> None:
    server.fault = Fault.HUGE

    assert len(ask(client).read()) > HUGE
    assert len(ask(client, stream=True).read()) > HUGE


@pytest.mark.parametrize("stream", [False, True])
def test_a_cut_answer_ends_in_the_middle(
    client: Client, server: ModelServer, *, stream: bool
) -> None:
    server.fault = Fault.CUT

    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        ask(client, stream=stream).read()


@pytest.mark.parametrize("stream", [False, True])
def test_a_drip_goes_on_until_the_reader_leaves(
    client: Client, server: ModelServer, *, stream: bool
) -> None:
    server.fault = Fault.DRIP

    response = ask(client, stream=stream)
    assert len([response.read(1) for _ in range(3)]) == 3
    response.close()
    client.close()

    wait_until(lambda: server.inflight == 0, "it is given up")


def test_a_client_that_leaves_before_its_question_is_whole_is_no_error(
    client: Client, server: ModelServer
) -> None:
    client.putrequest("POST", PATH)
    client.putheader("Content-Length", "100")
    client.endheaders()
    client.close()

    with closing(Client("127.0.0.1", server.port, timeout=30)) as next_one:
        assert words(next_one) != ""
    assert len(server.chats) == 1


def test_it_can_be_stopped_while_an_answer_hangs() -> None:
    with serving_models() as server:
        server.fault = Fault.HANG
        client = Client("127.0.0.1", server.port, timeout=30)
        client.request("POST", PATH, b"{}")
        server.wait_for(1)

    with closing(client), pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        client.getresponse()
