"""The model on the settings page."""

from typing import Any

import pytest
from sqlalchemy import update

from dayloom.bootstrap import Services
from dayloom.inferences.models import ModelSettings
from dayloom.infra.settings import Settings
from dayloom.infra.work import Work
from tests.conftest import Desk
from tests.web.visiting import Visitor, toast

KEY = "sk-secret-4711"
LOCAL = {
    "provider": "openai",
    "base_url": "http://localhost:1234/v1",
    "model": "small",
    "max_tokens": "2000",
    "timeout_seconds": "45",
    "daily_cap": "",
    "monthly_cap": "",
    "price_in": "",
    "price_out": "",
}


def connect(visitor: Visitor, **fields: str) -> Any:
    return visitor.send("/settings/model", {**LOCAL, **fields})


def model(desk: Desk) -> ModelSettings:
    row = desk.read(lambda s: s.model.get())
    assert row is not None
    return row


def test_without_one_it_says_that_it_is_optional(visitor: Visitor) -> None:
    page = visitor.part("/settings/model")
    assert "Rules only: your words are read by rules. A model is optional." in page
    assert "Test connection" not in page


def test_one_is_connected_and_its_key_not_shown(visitor: Visitor, desk: Desk) -> None:
    answer = connect(visitor, key=KEY, daily_cap="1,50")
    assert toast(answer)["text"] == "Model saved"
    assert (model(desk).model, model(desk).daily_cap) == ("small", 1.5)
    for page in (visitor.look(), visitor.part("/settings/model")):
        assert KEY not in page
        assert "A key is stored" in page
        assert "Testing the connection to small" in page


def test_saving_again_leaves_the_key_and_the_test(visitor: Visitor, desk: Desk) -> None:
    connect(visitor, key=KEY)
    sealed = model(desk).sealed_key
    connect(visitor, key="", max_tokens="500")
    assert (model(desk).sealed_key, model(desk).max_tokens) == (sealed, 500)


def test_another_provider_brings_its_own_address(visitor: Visitor, desk: Desk) -> None:
    connect(visitor, key=KEY)
    answer = connect(visitor, provider="openrouter")
    assert model(desk).base_url == "https://openrouter.ai/api/v1"
    assert "The key was another server's" in toast(answer)["text"]


def test_a_change_can_be_undone(visitor: Visitor, desk: Desk) -> None:
    connect(visitor)
    visitor.undo(connect(visitor, model="large", monthly_cap="9"))
    assert (model(desk).model, model(desk).monthly_cap) == ("small", None)


def test_rules_only_can_be_chosen_and_undone(visitor: Visitor, desk: Desk) -> None:
    connect(visitor, key=KEY)
    answer = visitor.send("/settings/model", {"provider": "none"})
    assert toast(answer)["text"] == "Rules only from now on"
    assert not desk.read(lambda s: s.has_model)
    visitor.undo(answer)
    assert desk.read(lambda s: s.has_model)
    assert model(desk).sealed_key is not None


MISTAKES = [
    ("provider", "other"),
    ("base_url", "gopher://x"),
    ("model", "m" * 201),
    ("key", "two words"),
    ("max_tokens", "many"),
    ("max_tokens", "99"),
    ("max_tokens", "9" * 5000),
    ("timeout_seconds", "²"),
    ("daily_cap", "-1"),
    ("monthly_cap", "nan"),
    ("price_in", "cheap"),
    ("price_out", "1e300"),
]


@pytest.mark.parametrize(("field", "text"), MISTAKES)
def test_a_mistake_is_told_beside_its_field(
    visitor: Visitor, desk: Desk, field: str, text: str
) -> None:
    answer = visitor.send("/settings/model", {**LOCAL, field: text}, status=422)
    assert answer.headers["HX-Retarget"] == f"#model-{field}-error"
    assert answer.text.strip()
    assert desk.read(lambda s: s.model.get()) is None


@pytest.mark.parametrize(("field", "text"), MISTAKES)
def test_a_mistake_without_scripts_keeps_what_was_typed_but_the_key(
    visitor: Visitor, field: str, text: str
) -> None:
    given = {**LOCAL, "key": KEY, "model": "my-model", field: text}
    page = visitor.send_plainly("/settings/model", given, status=422).text
    complaint = f'id="model-{field}-error" role="alert"></p>'
    assert complaint not in page
    assert KEY not in page
    assert 'value="my-model"' in page or field == "model"


def test_the_connection_is_tested_when_asked(visitor: Visitor, desk: Desk) -> None:
    connect(visitor)
    visitor.send("/settings/model/test", {})
    assert desk.read(lambda s: s.model.testing)


def test_without_a_model_there_is_nothing_to_test(visitor: Visitor) -> None:
    visitor.send("/settings/model/test", {}, status=409)


def test_the_key_can_be_deleted(visitor: Visitor, desk: Desk) -> None:
    connect(visitor, key=KEY)
    visitor.send("/settings/model/key/removal", {})
    assert model(desk).sealed_key is None
    assert "Delete the key" not in visitor.part("/settings/model")
    visitor.send("/settings/model/key/removal", {}, status=404)


def test_what_a_test_says_is_shown_as_text(visitor: Visitor, desk: Desk) -> None:
    connect(visitor)

    def fail(s: Services) -> None:
        row = s.model.get()
        assert row is not None
        row.tested_at, row.test_error, row.offered = s.now, "<b>No</b>", ['"><i>x</i>']
        s.session.execute(update(Work).values(done=Work.want))

    desk.write(fail)
    page = visitor.part("/settings/model")
    assert "&lt;b&gt;No&lt;/b&gt;" in page
    assert "<i>" not in page


def test_without_scripts_it_works_too(visitor: Visitor, desk: Desk) -> None:
    answer = visitor.send_plainly("/settings/model", LOCAL)
    assert answer.headers["Location"] == "/settings#model"
    assert model(desk).model == "small"


class TestEnvironment:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        named = {"llm_base_url": "http://localhost:1234/v1", "llm_model": "env-model"}
        return settings.model_copy(update=named)

    def test_its_model_is_shown_as_such(self, visitor: Visitor) -> None:
        page = visitor.part("/settings/model")
        assert "The environment of this machine names this model" in page
        assert 'value="env-model"' in page

    def test_saving_the_form_unchanged_leaves_it_following(
        self, visitor: Visitor, desk: Desk
    ) -> None:
        connect(visitor, model="env-model")
        assert model(desk).from_environment

    def test_the_person_can_leave_and_return(self, visitor: Visitor, desk: Desk) -> None:
        connect(visitor, model="mine")
        assert "Use env-model of the environment" in visitor.look()
        visitor.send("/settings/model/environment", {})
        assert (model(desk).model, model(desk).from_environment) == ("env-model", True)


def test_without_an_environment_there_is_none_to_use(visitor: Visitor) -> None:
    connect(visitor)
    assert "of the environment" not in visitor.look()
    visitor.send("/settings/model/environment", {}, status=409)
