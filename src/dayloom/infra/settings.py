"""Settings from the environment and `.env`: one frozen value, checked at the start."""

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from tzlocal import get_localzone_name

from dayloom.infra.errors import DayloomError


class BadSettings(DayloomError):
    """The environment holds a value that cannot be."""

    code = "bad_settings"


def _data_dir() -> Path:
    return Path.home() / ".local" / "share" / "dayloom"


class Settings(BaseSettings):
    """What an operator decides; what a person decides lives in the settings page."""

    model_config = SettingsConfigDict(
        env_prefix="DAYLOOM_", env_file=".env", extra="ignore", frozen=True
    )

    host: str = "127.0.0.1"
    port: int = Field(default=8081, ge=1, le=65535)
    data_dir: Path = Field(default_factory=_data_dir)
    time_zone: str = Field(default_factory=get_localzone_name)
    allow_private_hosts: tuple[str, ...] = ()
    log_format: Literal["standard", "json"] = Field(default="standard", validation_alias="LOG_FORMAT")

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.data_dir / 'dayloom.db'}"


def load_settings() -> Settings:
    """Return the settings. Raises `BadSettings` with a sentence for each wrong value."""
    try:
        return Settings()
    except ValidationError as error:
        said = [
            f"DAYLOOM_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}." for e in error.errors()
        ]
        raise BadSettings(" ".join(said)) from error
