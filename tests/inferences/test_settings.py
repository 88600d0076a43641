"""Connecting a model, changing it, and doing without it."""

from typing import Any

import pytest

from dayloom.inferences.models import ModelSettings
from dayloom.infra.errors import Conflict, Invalid, NotFound
from dayloom.infra.settings import Settings
from dayloom.language.program.endpoint import OutputMode, Provider
from tests.inferences.conftest import Asker
from tests.model_server import ModelServer

KEY = "sk-secret-4711"


class TestConnecting:
    def test_without_anything_there_is_no_model(self, asker: Asker) -> None:
        assert asker.read(lambda s: (s.model.get(), s.has_model)) == (None, False)

    @pytest.mark.parametrize(
        ("provider", "url"),
        [
            (Provider.OPENROUTER, "https://openrouter.ai/api/v1"),
            (Provider.OPENAI, "https://api.openai.com/v1"),
            (Provider.OLLAMA, "http://localhost:11434/v1"),
        ],
    )
    def test_a_provider_alone_is_enough(self, asker: Asker, provider: Provider, url: str) -> None:
        row = asker.change(provider=provider)
        assert (row.base_url, bool(row.model), row.enabled) == (url, True, True)
        assert (row.max_tokens, row.timeout_seconds) == (2000, 45)
        assert asker.read(lambda s: s.has_model)

    def test_it_is_tested_at_once(self, asker: Asker, model_server: ModelServer) -> None:
        asker.connect(model_server)
        assert asker.wanted_tests() == 1
        assert asker.read(lambda s: s.model.testing)

    @pytest.mark.parametrize(
        ("typed", "stored"),
        [
            ("http://localhost:1234/v1/", "http://localhost:1234/v1"),
            ("HTTPS://Example.COM/v1/chat/completions", "https://example.com/v1"),
            (" http://[::1]:8080/v1 ", "http://[::1]:8080/v1"),
        ],
    )
    def test_addresses_are_taken_as_people_paste_them(
        self, asker: Asker, typed: str, stored: str
    ) -> None:
        assert asker.change(provider=Provider.OPENAI, base_url=typed).base_url == stored

    def test_ollama_is_asked_on_its_openai_side(self, asker: Asker) -> None:
        row = asker.change(provider=Provider.OLLAMA, base_url="http://localhost:11434")
        assert row.base_url == "http://localhost:11434/v1"


class TestChecks:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("base_url", "no address"),
            ("base_url", "ftp://example.com/v1"),
            ("base_url", "http://user:secret@example.com/v1"),
            ("base_url", "http://example.com/v1?key=secret"),
            ("base_url", "http://example.com:99999/v1"),
            ("base_url", "http://exa mple.com/v1"),
            ("base_url", "http://[::1/v1"),
            ("base_url", "http://example.com/" + "x" * 500),
            ("model", "m" * 201),
            ("model", "two\nlines"),
            ("key", "with space"),
            ("key", "line\r\nX-Evil: 1"),
            ("key", "schlüssel"),
            ("key", "k" * 1001),
            ("max_tokens", 99),
            ("max_tokens", 10_001),
            ("timeout_seconds", 4),
            ("timeout_seconds", 601),
            ("daily_cap", -0.01),
            ("monthly_cap", float("nan")),
            ("price_in", float("inf")),
            ("price_out", 1e7),
        ],
    )
    def test_a_mistake_names_its_field_and_leaves_all_as_it_was(
        self, asker: Asker, field: str, value: Any
    ) -> None:
        asker.change(provider=Provider.OLLAMA, key=KEY)
        before = said(asker.settings())
        with pytest.raises(Invalid) as caught:
            asker.change(**{"model": "other", "max_tokens": 300, field: value})
        assert caught.value.field == field
        assert said(asker.settings()) == before


class TestChanging:
    @pytest.mark.parametrize(
        "change", [{"model": "large"}, {"base_url": "http://127.0.0.1:9/v1"}, {"key": "other"}]
    )
    def test_another_model_forgets_the_test_and_is_tested(
        self, asker: Asker, model_server: ModelServer, change: Any
    ) -> None:
        asker.connect(model_server, key=KEY)
        assert asker.test().mode is OutputMode.JSON_SCHEMA
        row = asker.change(**change)
        assert (row.mode, row.latency_ms, row.tested_at, row.offered) == (None, None, None, [])
        assert asker.wanted_tests() == 2

    def test_a_limit_leaves_the_test_alone(self, asker: Asker, model_server: ModelServer) -> None:
        asker.connect(model_server)
        asker.test()
        row = asker.change(daily_cap=1.5, max_tokens=500, price_in=0)
        assert (row.daily_cap, row.max_tokens, row.price_in) == (1.5, 500, 0)
        assert row.mode is OutputMode.JSON_SCHEMA
        assert asker.wanted_tests() == 1

    def test_another_provider_brings_its_usual_address_and_model(self, asker: Asker) -> None:
        asker.change(provider=Provider.OLLAMA, model="mine")
        row = asker.change(provider=Provider.OPENROUTER)
        assert row.base_url == "https://openrouter.ai/api/v1"
        assert row.model != "mine"


class TestKeys:
    def test_a_key_is_sealed_and_stays_when_other_things_change(self, asker: Asker) -> None:
        asker.change(provider=Provider.OPENROUTER, key=KEY)
        row = asker.change(max_tokens=300)
        assert row.sealed_key is not None
        assert KEY.encode() not in row.sealed_key
        assert asker.container.endpoints.of(row).api_key == KEY

    def test_a_key_goes_to_no_other_server(self, asker: Asker) -> None:
        asker.change(provider=Provider.OPENAI, base_url="https://good.example/v1", key=KEY)
        assert asker.change(base_url="https://good.example/v2").sealed_key is not None
        assert asker.change(base_url="https://evil.example/v1").sealed_key is None

    def test_a_key_can_be_forgotten_once(self, asker: Asker) -> None:
        asker.change(provider=Provider.OPENROUTER, key=KEY)
        assert asker.write(lambda s: s.model.forget_key()).sealed_key is None
        with pytest.raises(NotFound):
            asker.write(lambda s: s.model.forget_key())


class TestDoingWithout:
    def test_rules_only_keeps_the_key_for_another_day(self, asker: Asker) -> None:
        asker.change(provider=Provider.OPENROUTER, key=KEY)
        row = asker.change(enabled=False)
        assert row.sealed_key is not None
        assert not asker.read(lambda s: s.has_model)

    def test_removal_deletes_the_key(self, asker: Asker) -> None:
        asker.change(provider=Provider.OPENROUTER, key=KEY)
        asker.write(lambda s: s.model.remove())
        assert (asker.settings().enabled, asker.settings().sealed_key) == (False, None)

    def test_there_is_nothing_to_test_then(self, asker: Asker) -> None:
        asker.change(provider=Provider.OPENROUTER, enabled=False)
        with pytest.raises(Conflict):
            asker.write(lambda s: s.model.test())

    def test_nothing_can_be_removed_where_nothing_is(self, asker: Asker) -> None:
        asker.write(lambda s: s.model.remove())
        assert asker.read(lambda s: s.model.get()) is None


class TestEnvironment:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        named = {"llm_base_url": "http://127.0.0.1:9/v1", "llm_model": "env", "llm_api_key": KEY}
        return settings.model_copy(update=named)

    def test_its_model_is_there_and_its_key_is_not_stored(self, asker: Asker) -> None:
        row = asker.settings()
        assert (row.model, row.from_environment, row.sealed_key) == ("env", True, None)
        assert asker.container.endpoints.of(row).api_key == KEY

    def test_a_change_makes_it_the_persons_own_without_the_key(self, asker: Asker) -> None:
        row = asker.change(model="mine")
        assert (row.model, row.from_environment) == ("mine", False)
        assert asker.container.endpoints.of(row).api_key == ""

    def test_prices_and_the_switch_leave_it_following(self, asker: Asker) -> None:
        row = asker.change(price_in=1, enabled=False)
        assert (row.from_environment, row.enabled, row.price_in) == (True, False, 1)

    def test_the_person_can_go_back_to_it(self, asker: Asker) -> None:
        asker.change(base_url="http://127.0.0.1:8/v1", model="mine", key="own")
        keys = asker.container.endpoints
        row = asker.write(lambda s: s.model.follow_environment(keys))
        assert (row.model, row.from_environment, row.sealed_key) == ("env", True, None)

    def test_its_host_may_be_private(self, asker: Asker) -> None:
        assert asker.container.endpoints.allowed_hosts == {"127.0.0.1"}


def test_without_one_in_the_environment_there_is_no_going_back(asker: Asker) -> None:
    asker.change(provider=Provider.OPENROUTER, model="mine")
    keys = asker.container.endpoints
    with pytest.raises(Conflict):
        asker.write(lambda s: s.model.follow_environment(keys))
    assert asker.settings().model == "mine"


def said(row: ModelSettings) -> tuple[object, ...]:
    return row.provider, row.base_url, row.model, row.sealed_key, row.max_tokens
