"""The model that the environment names, and an account that follows it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dayloom.bootstrap import Container, Services, bootstrap
from dayloom.inferences.environment import model_of_environment
from dayloom.inferences.models import ModelSettings
from dayloom.infra.settings import Settings
from dayloom.language.program.endpoint import OutputMode, Provider
from tests.databases import lay_database
from tests.fakes import FakeClock

OWN = {"llm_base_url": "http://127.0.0.1:9/v1", "llm_model": "env"}
OPENROUTER = {"openrouter_api_key": "sk-or"}
OPENAI = {"openai_api_key": "sk-oa"}
OLLAMA = {"ollama_base_url": "http://localhost:11434"}


def given(**values: Any) -> Settings:
    return Settings(**values)


@pytest.mark.parametrize(
    ("values", "provider", "base_url", "model", "key"),
    [
        (OWN, Provider.OPENAI, "http://127.0.0.1:9/v1", "env", ""),
        ({**OWN, "llm_api_key": "k"}, Provider.OPENAI, "http://127.0.0.1:9/v1", "env", "k"),
        (OPENROUTER, Provider.OPENROUTER, "https://openrouter.ai/api/v1", None, "sk-or"),
        (OPENAI, Provider.OPENAI, "https://api.openai.com/v1", None, "sk-oa"),
        (OLLAMA, Provider.OLLAMA, "http://localhost:11434/v1", None, ""),
        (
            {**OPENROUTER, "llm_model": "openrouter/x/y"},
            Provider.OPENROUTER,
            "https://openrouter.ai/api/v1",
            "x/y",
            "sk-or",
        ),
        ({**OPENROUTER, **OPENAI, **OLLAMA}, Provider.OPENROUTER, None, None, "sk-or"),
        ({**OWN, **OPENROUTER}, Provider.OPENAI, "http://127.0.0.1:9/v1", "env", ""),
    ],
)
def test_variables_name_a_model(
    values: Any, provider: Provider, base_url: str | None, model: str | None, key: str
) -> None:
    named = model_of_environment(given(**values))
    assert named is not None
    assert (named.provider, named.api_key) == (provider, key)
    assert base_url in (None, named.base_url)
    assert model in (None, named.model)


def test_a_model_alone_is_no_server() -> None:
    assert model_of_environment(given(llm_model="env")) is None


class Start:
    """Starts the product anew on the same data, each time in another environment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.open: list[Container] = []

    def __call__(self, **values: Any) -> Container:
        made = bootstrap(given(data_dir=self.folder, **values), clock=FakeClock())
        self.open.append(made)
        return made


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    lay_database(given(data_dir=tmp_path))
    starting = Start(tmp_path)
    yield starting
    for container in starting.open:
        container.db.close()


def row(container: Container) -> ModelSettings | None:
    found: ModelSettings | None = container.db.read_now(
        _services(container, lambda s: s.model.get())
    )
    return found


def change(container: Container, **fields: Any) -> None:
    keys = container.endpoints
    container.db.write_now(_services(container, lambda s: s.model.change(fields, keys)))


def _services(container: Container, unit: Any) -> Any:
    now = container.clock.now()
    return lambda session: unit(Services(session, container.account_id, now))


class TestFollowing:
    def test_each_start_follows_anew(self, start: Start) -> None:
        start(**OWN)
        found = row(start(**{**OWN, "llm_model": "other", "llm_daily_cap": 3}))
        assert found is not None
        assert (found.model, found.daily_cap, found.from_environment) == ("other", 3, True)

    def test_without_the_variables_the_model_is_gone(self, start: Start) -> None:
        start(**OWN)
        assert row(start()) is None

    def test_what_the_person_chose_wins(self, start: Start) -> None:
        change(start(), provider=Provider.OLLAMA, model="mine")
        found = row(start(**OWN))
        assert found is not None
        assert (found.model, found.from_environment) == ("mine", False)

    def test_switched_off_it_stays_off(self, start: Start) -> None:
        change(start(**OWN), enabled=False)
        found = row(start(**OWN))
        assert found is not None
        assert (found.enabled, found.from_environment) == (False, True)

    def test_a_prescribed_form_is_taken(self, start: Start) -> None:
        found = row(start(**OWN, llm_output_mode="plain"))
        assert found is not None
        assert found.mode is OutputMode.PLAIN

    def test_its_key_is_in_no_file(self, start: Start) -> None:
        container = start(**OWN, llm_api_key="sk-secret-4711")
        found = row(container)
        assert found is not None
        assert container.endpoints.of(found).api_key == "sk-secret-4711"
        assert not any(b"sk-secret-4711" in file.read_bytes() for file in files(start.folder))


def files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]
