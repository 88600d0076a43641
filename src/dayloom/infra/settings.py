"""What a process is told from outside: environment, `.env`, and files that hold secrets."""

import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

import tzlocal
from dotenv import dotenv_values
from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from dayloom.infra.engines import parse_url
from dayloom.infra.errors import Invalid
from dayloom.infra.settings_sentences import sentences, unknown
from dayloom.infra.zones import zone_names

PREFIX = "DAYLOOM_"
ENV_FILE = ".env"
_ADDRESS = r"^https?://[^/\s]+(/\S*)?$"
SECRETS = (  # NAME_FILE may name a file that holds the value
    "DATABASE_URL",
    "DAYLOOM_SECRET_KEY",
    "DAYLOOM_LLM_API_KEY",
    "OPENROUTER_API_KEY",
    "OPENAI_API_KEY",
)


def _secret(name: str) -> Any:
    return Field(default=None, validation_alias=name, repr=False)


def _file_of(name: str) -> Any:
    return Field(default=None, validation_alias=f"{name}_FILE")


class LogFormat(StrEnum):
    """How log lines look: for people, or for collectors."""

    STANDARD = "standard"
    JSON = "json"


def default_data_dir() -> Path:
    """Return a folder of the product's own, where programs keep their data."""
    home = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(home).expanduser() / "dayloom"


def _default_database(fields: Mapping[str, Any]) -> str:
    return f"sqlite:///{fields['data_dir']}/dayloom.db"


class Settings(BaseSettings):
    """Everything that is decided before the start. What a person changes later is no setting."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
    )

    host: str = "127.0.0.1"
    port: int = Field(default=8081, ge=1, le=65535)
    data_dir: Path = Field(default_factory=default_data_dir)
    database_url: str = Field(
        default_factory=_default_database, validation_alias="DATABASE_URL", repr=False
    )
    database_url_file: Path | None = Field(default=None, validation_alias="DATABASE_URL_FILE")
    base_url: str | None = Field(default=None, pattern=_ADDRESS)
    time_zone: str = Field(default_factory=tzlocal.get_localzone_name)
    log_format: LogFormat = Field(default=LogFormat.STANDARD, validation_alias="LOG_FORMAT")
    audit_retention_days: int = Field(
        default=30, ge=1, le=3650, validation_alias="AUDIT_RETENTION_DAYS"
    )
    allow_private_hosts: Annotated[frozenset[str], NoDecode] = frozenset()
    secret_key: str | None = _secret("DAYLOOM_SECRET_KEY")
    secret_key_file: Path | None = _file_of("DAYLOOM_SECRET_KEY")
    llm_base_url: str | None = Field(default=None, pattern=_ADDRESS)
    llm_api_key: str | None = _secret("DAYLOOM_LLM_API_KEY")
    llm_api_key_file: Path | None = _file_of("DAYLOOM_LLM_API_KEY")
    llm_model: str | None = None
    llm_output_mode: Literal["auto", "json_schema", "json_object", "plain"] = "auto"
    llm_timeout: int = Field(default=45, ge=5, le=600)
    llm_max_tokens: int = Field(default=2000, ge=100, le=10_000)
    llm_daily_cap: float | None = Field(default=None, ge=0)
    llm_monthly_cap: float | None = Field(default=None, ge=0)
    openrouter_api_key: str | None = _secret("OPENROUTER_API_KEY")
    openrouter_api_key_file: Path | None = _file_of("OPENROUTER_API_KEY")
    openai_api_key: str | None = _secret("OPENAI_API_KEY")
    openai_api_key_file: Path | None = _file_of("OPENAI_API_KEY")
    openai_base_url: str | None = Field(
        default=None, validation_alias="OPENAI_BASE_URL", pattern=_ADDRESS
    )
    ollama_base_url: str | None = Field(
        default=None, validation_alias="OLLAMA_BASE_URL", pattern=_ADDRESS
    )

    @property
    def signs_of_life(self) -> Path:
        """Return the folder in which workers show that they are alive."""
        return self.data_dir / "workers"

    @model_validator(mode="before")
    @classmethod
    def _read_secrets(cls, values: dict[str, Any]) -> dict[str, Any]:
        for name in SECRETS:
            if file := values.get(f"{name}_FILE"):
                values[name] = _read_secret(name, Path(file), values)
        return values

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("database_url")
    @classmethod
    def _opens(cls, value: str) -> str:
        try:
            parse_url(value)
        except Invalid as error:
            raise ValueError(str(error)) from error
        return value

    @field_validator("time_zone")
    @classmethod
    def _exists(cls, value: str) -> str:
        if value not in zone_names():
            raise ValueError(f"{value!r} is not a time zone such as Europe/Berlin")
        return value

    @field_validator("allow_private_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return frozenset(name.strip().lower() for name in value.split(",") if name.strip())
        return value


def load_settings() -> Settings:
    """Return the settings of this process. Raises `Invalid` with a sentence for each mistake."""
    try:
        return Settings()
    except ValidationError as error:
        raise Invalid("\n".join(sentences(error, prefix=PREFIX))) from error


def unknown_settings() -> list[str]:
    """Return a sentence for each variable that looks like a setting and is none."""
    given = {name.upper() for name in {**os.environ, **dotenv_values(ENV_FILE)}}
    known = {_variable(name, field) for name, field in Settings.model_fields.items()}
    ours = {name for name in given if name.startswith(PREFIX)}
    return list(unknown(ours, sorted(known)))


def _variable(name: str, field: FieldInfo) -> str:
    return str(field.validation_alias or f"{PREFIX}{name.upper()}")


def _read_secret(name: str, file: Path, values: Mapping[str, Any]) -> str:
    if values.get(name):
        raise ValueError(f"set either {name} or {name}_FILE, not both")
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ValueError(f"{name}_FILE: {file} cannot be read ({error.strerror})") from error
