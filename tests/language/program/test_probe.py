"""The connection test: what it finds out, and what it says where it fails."""

from datetime import timedelta

import pytest

from dayloom.language.program.endpoint import Endpoint, OutputMode, Probed
from dayloom.language.program.execution import Failure, ModelUnavailable, Module
from tests.language.program.asking import GOOD, KEY, endpoint, opened
from tests.model_server import Dialect, Fault, ModelServer
from tests.waiting import run


def probe(where: Endpoint) -> Probed:
    async def main() -> Probed:
        async with opened() as door:
            return await door.probe(where)

    return run(main())


def fail(where: Endpoint) -> ModelUnavailable:
    with pytest.raises(ModelUnavailable) as caught:
        probe(where)
    assert caught.value.execution is not None
    assert caught.value.execution.module is Module.PROBE
    assert KEY not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("dialect", list(Dialect))
@pytest.mark.parametrize("refusal", [400, 500])
def test_the_strictest_form_that_the_server_takes_wins(
    model_server: ModelServer, dialect: Dialect, refusal: int
) -> None:
    model_server.dialect, model_server.refusal = dialect, refusal
    found = probe(endpoint(model_server, mode=OutputMode.PLAIN))
    assert found.mode == OutputMode(dialect)
    assert found.models == ("small", "large")
    assert found.latency_ms >= 0


def test_a_server_that_takes_a_form_and_does_not_keep_it_is_asked_for_less(
    model_server: ModelServer,
) -> None:
    model_server.answer = lambda asked: "Hm." if asked.format == "json_schema" else GOOD
    assert probe(endpoint(model_server)).mode is OutputMode.JSON_OBJECT


def test_a_server_that_lists_no_models_is_fine(model_server: ModelServer) -> None:
    model_server.models = []
    assert probe(endpoint(model_server)).models == ()


def test_a_wrong_key_is_told_at_once(model_server: ModelServer) -> None:
    model_server.keys = {"another"}
    error = fail(endpoint(model_server))
    assert (error.failure, str(error)) == (
        Failure.REFUSED,
        "127.0.0.1 refused the key (401).",
    )
    assert len(model_server.chats) == 1
    assert str(fail(endpoint(model_server, api_key=""))) == "127.0.0.1 asks for a key (401)."


def test_a_wrong_name_is_told_with_the_names_that_there_are(model_server: ModelServer) -> None:
    model_server.says(Fault.NO_MODEL)
    said = str(fail(endpoint(model_server, model="smal")))
    assert "has no model smal" in said
    assert said.endswith("The server offers small, large.")


def test_many_names_are_not_all_told(model_server: ModelServer) -> None:
    model_server.models = [f"model-{number}" for number in range(300)]
    model_server.says(Fault.NO_MODEL)
    assert str(fail(endpoint(model_server))).endswith("model-7 and 292 more.")


def test_an_address_without_its_path_is_guessed(model_server: ModelServer) -> None:
    model_server.fault = Fault.NO_MODEL
    bare = model_server.url.removesuffix("/v1")
    assert "/v1: is that missing?" in str(fail(endpoint(model_server, base_url=bare)))
    assert "is that missing?" not in str(fail(endpoint(model_server)))


def test_a_page_that_is_no_api_is_told(model_server: ModelServer) -> None:
    model_server.fault = Fault.GARBAGE
    assert "not the OpenAI protocol" in str(fail(endpoint(model_server)))


def test_a_silent_server_ends_by_the_deadline(model_server: ModelServer) -> None:
    model_server.says(Fault.HANG)
    error = fail(endpoint(model_server, timeout=timedelta(seconds=0.5)))
    assert error.failure is Failure.DEADLINE
    assert len(model_server.chats) == 1


def test_a_test_asks_even_where_calls_are_stopped(model_server: ModelServer) -> None:
    model_server.says(Fault.CUT)

    async def main() -> None:
        async with opened() as door:
            for _ in range(7):
                with pytest.raises(ModelUnavailable) as caught:
                    await door.probe(endpoint(model_server))
                assert caught.value.failure is Failure.UNREACHABLE
            model_server.says(GOOD)
            await door.probe(endpoint(model_server))

    run(main())


def test_what_is_no_address_is_told(model_server: ModelServer) -> None:
    error = fail(endpoint(model_server, base_url="nonsense"))
    assert str(error).startswith("A web address starts with https:// or http://.")
