"""The connection test, from a real server to the row that the settings page shows."""

from dataclasses import replace

import pytest

from dayloom.inferences.endpoints import Endpoints
from dayloom.language.program.endpoint import OutputMode, Provider
from dayloom.language.program.execution import Failure, Module
from tests.inferences.conftest import Asker
from tests.model_server import Dialect, Fault, ModelServer


def test_what_the_server_offers_is_noted(asker: Asker, model_server: ModelServer) -> None:
    asker.connect(model_server)
    row = asker.test()
    assert (row.mode, row.test_error) == (OutputMode.JSON_SCHEMA, None)
    assert row.offered == ["small", "large"]
    assert row.latency_ms is not None
    assert row.tested_at == asker.clock.now()


def test_a_server_without_schemas_is_asked_more_simply(
    asker: Asker, model_server: ModelServer
) -> None:
    model_server.dialect = Dialect.PLAIN
    asker.connect(model_server)
    assert asker.test().mode is OutputMode.PLAIN


def test_the_key_is_sent(asker: Asker, model_server: ModelServer) -> None:
    model_server.keys = {"right"}
    asker.connect(model_server, key="right")
    assert asker.test().test_error is None


def test_a_test_is_a_call_and_is_recorded(asker: Asker, model_server: ModelServer) -> None:
    asker.connect(model_server)
    asker.test()
    model_server.fault = Fault.UNAUTHORIZED
    asker.test()
    good, bad = asker.rows()
    assert (good.module, good.failure, bool(good.cost)) == (Module.PROBE, None, True)
    assert (bad.module, bad.failure) == (Module.PROBE, Failure.REFUSED)


@pytest.mark.parametrize("fault", [Fault.UNAUTHORIZED, Fault.NO_MODEL, Fault.BILLING])
def test_what_is_wrong_is_told_and_the_former_form_stays(
    asker: Asker, model_server: ModelServer, fault: Fault
) -> None:
    asker.connect(model_server)
    asker.test()
    model_server.fault = fault
    row = asker.test()
    assert row.test_error
    assert (row.mode, row.latency_ms) == (OutputMode.JSON_SCHEMA, None)


def test_nobody_there_is_told(asker: Asker) -> None:
    asker.change(provider=Provider.OPENAI, base_url="http://127.0.0.1:9/v1")
    assert asker.test().test_error


def test_an_outcome_about_another_model_is_dropped(
    asker: Asker, model_server: ModelServer
) -> None:
    asker.connect(model_server)
    row = asker.test(meanwhile=lambda: asker.change(model="large"))
    assert (row.model, row.tested_at) == ("large", None)


def test_a_key_that_cannot_be_read_is_told(asker: Asker, model_server: ModelServer) -> None:
    asker.connect(model_server, key="right")
    (asker.container.settings.data_dir / "secret.key").write_bytes(b"b3RoZXI=" * 4)
    asker.container = replace(asker.container, endpoints=Endpoints(asker.container.settings))
    assert "Enter it again" in (asker.test().test_error or "")


def test_without_a_model_nothing_is_asked(asker: Asker, model_server: ModelServer) -> None:
    asker.connect(model_server, enabled=False)
    asker.test()
    assert model_server.requests == []
