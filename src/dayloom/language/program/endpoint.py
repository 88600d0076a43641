"""Where a model is asked, and how it wants to be spoken to."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from dayloom.language.program.execution import Execution


class Provider(StrEnum):
    """Who runs the model: decides on the dialect of the OpenAI protocol."""

    OPENROUTER = "openrouter"
    OPENAI = "openai"  # any server that speaks the OpenAI protocol
    OLLAMA = "ollama"


class OutputMode(StrEnum):
    """How answers are held to their type, found out by the connection test; best first."""

    JSON_SCHEMA = "json_schema"
    JSON_OBJECT = "json_object"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One model of one account. `timeout` bounds a whole call, with its retries and repair.

    Prices are US dollars for a million tokens, for servers that do not say what a call cost.
    """

    provider: Provider
    base_url: str
    model: str
    api_key: str = field(default="", repr=False)
    mode: OutputMode = OutputMode.JSON_OBJECT
    max_tokens: int = 2000
    timeout: timedelta = timedelta(seconds=45)
    parallel: int = 4
    price_in: float | None = None
    price_out: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """What a connection test found: `models` is empty where the server does not list them.

    `execution` is the call that worked.
    """

    models: tuple[str, ...]
    mode: OutputMode
    latency_ms: int
    execution: Execution
