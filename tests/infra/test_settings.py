"""Settings: from the environment, `.env` and secret files; mistakes are sentences."""

from pathlib import Path

import pytest

from dayloom.infra.errors import Invalid
from dayloom.infra.settings import LogFormat, Settings, load_settings, unknown_settings

VARIABLES = """
    DAYLOOM_HOST DAYLOOM_PORT DAYLOOM_DATA_DIR DAYLOOM_BASE_URL DAYLOOM_TIME_ZONE LOG_FORMAT
    DAYLOOM_ALLOW_PRIVATE_HOSTS DATABASE_URL DATABASE_URL_FILE XDG_DATA_HOME
    AUDIT_RETENTION_DAYS
"""


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in VARIABLES.split():
        monkeypatch.delenv(name, raising=False)


def load(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return load_settings()


def test_everything_has_a_default(tmp_path: Path) -> None:
    settings = load_settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 8081)
    assert settings.data_dir == tmp_path / ".local" / "share" / "dayloom"
    assert settings.database_url == f"sqlite:///{settings.data_dir}/dayloom.db"
    assert settings.log_format is LogFormat.STANDARD
    assert settings.allow_private_hosts == frozenset()


def test_the_environment_decides(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = load(
        monkeypatch,
        DAYLOOM_PORT="9000",
        DAYLOOM_DATA_DIR="~/mine",
        DAYLOOM_TIME_ZONE="Europe/Berlin",
        DAYLOOM_ALLOW_PRIVATE_HOSTS="Nas.local, 192.168.1.5,",
        LOG_FORMAT="json",
        DAYLOOM_BASE_URL="https://plan.example/day",
    )
    assert (settings.port, settings.data_dir) == (9000, tmp_path / "mine")
    assert settings.database_url == f"sqlite:///{tmp_path}/mine/dayloom.db"
    assert settings.time_zone == "Europe/Berlin"
    assert settings.allow_private_hosts == {"nas.local", "192.168.1.5"}
    assert settings.log_format is LogFormat.JSON


def test_an_empty_variable_is_none_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load(monkeypatch, DAYLOOM_PORT="", DATABASE_URL="").port == 8081


def test_the_environment_wins_over_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("DAYLOOM_PORT=1234\nDAYLOOM_HOST=::1\nOTHER=ignored\n")
    settings = load(monkeypatch, DAYLOOM_PORT="4321")
    assert (settings.port, settings.host) == (4321, "::1")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "DAYLOOM_PORT",
            "eighty",
            "DAYLOOM_PORT must be a whole number from 1 to 65535, not 'eighty'",
        ),
        ("DAYLOOM_PORT", "70000", "DAYLOOM_PORT must be .*, not '70000'"),
        ("DAYLOOM_TIME_ZONE", "Berlin", "DAYLOOM_TIME_ZONE: 'Berlin' is not a time zone"),
        (
            "DAYLOOM_BASE_URL",
            "plan.example",
            "DAYLOOM_BASE_URL is an address such as .*, not 'plan.example'",
        ),
        (
            "AUDIT_RETENTION_DAYS",
            "0",
            "AUDIT_RETENTION_DAYS is a whole number of days from 1 to 3650, not '0'",
        ),
        ("LOG_FORMAT", "xml", "LOG_FORMAT is either standard or json, not 'xml'"),
        ("DATABASE_URL", "postgresql://u:p@h/db", "DATABASE_URL: This version .* SQLite"),
        ("DATABASE_URL", "sqlite://", "DATABASE_URL: .*names no file"),
    ],
)
def test_a_mistake_is_a_sentence_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence) as caught:
        load(monkeypatch, **{name: value})
    assert ":p@" not in str(caught.value)


def test_all_mistakes_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Invalid, match=r"DAYLOOM_PORT must .*\nLOG_FORMAT is "):
        load(monkeypatch, DAYLOOM_PORT="0", LOG_FORMAT="xml")


class TestUnknown:
    def test_a_name_with_a_slip_is_told_with_the_one_that_is_meant(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / ".env").write_text("DAYLOOM_TIMEZONE=Europe/Berlin\nOTHER=1\n")
        monkeypatch.setenv("DAYLOOM_PROT", "1")
        assert unknown_settings() == [
            "DAYLOOM_PROT is no setting: did you mean DAYLOOM_PORT?",
            "DAYLOOM_TIMEZONE is no setting: did you mean DAYLOOM_TIME_ZONE?",
        ]

    def test_a_strange_name_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DAYLOOM_COFFEE", "1")
        assert unknown_settings() == ["DAYLOOM_COFFEE is no setting."]

    def test_every_setting_is_known(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in VARIABLES.split():
            monkeypatch.setenv(name, "")
        assert unknown_settings() == []


class TestSecretFiles:
    def test_a_secret_may_come_from_a_file(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "url").write_text("sqlite:////data/x.db\n")
        settings = load(monkeypatch, DATABASE_URL_FILE=str(tmp_path / "url"))
        assert settings.database_url == "sqlite:////data/x.db"
        assert "x.db" not in repr(settings)

    def test_a_file_that_cannot_be_read_is_a_sentence(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with pytest.raises(Invalid, match="DATABASE_URL_FILE: nowhere cannot be read"):
            load(monkeypatch, DATABASE_URL_FILE="nowhere")

    def test_two_ways_at_once_are_a_mistake(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "url").write_text("sqlite:////data/x.db")
        with pytest.raises(Invalid, match="either DATABASE_URL or DATABASE_URL_FILE"):
            load(
                monkeypatch,
                DATABASE_URL="sqlite:////data/y.db",
                DATABASE_URL_FILE=str(tmp_path / "url"),
            )
