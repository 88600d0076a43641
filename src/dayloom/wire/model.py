"""The account's model, as it comes in and goes out. Its key only comes in."""

from datetime import datetime
from typing import Annotated, Any, Literal, cast
from zoneinfo import ZoneInfo

from pydantic import Field

from dayloom.bootstrap import Services
from dayloom.inferences.fields import (
    FEWEST_TOKENS,
    LONGEST_KEY,
    LONGEST_MODEL,
    LONGEST_TIMEOUT,
    LONGEST_URL,
    MOST_DOLLARS,
    MOST_TOKENS,
    SHORTEST_TIMEOUT,
    ModelFields,
)
from dayloom.inferences.models import ModelSettings
from dayloom.language.program.endpoint import OutputMode, Provider
from dayloom.wire.scalars import Given, Shown, Text, local

Dollars = Annotated[float, Field(ge=0, le=MOST_DOLLARS)]


class ModelGiven(Given):
    """What to ask, and how much: what is absent stays as it is."""

    enabled: bool = Field(default=True, description="False reads words by rules only.")
    provider: Literal["openrouter", "openai", "ollama"] = Field(
        default="openrouter", description="`openai` is any server that speaks its protocol."
    )
    base_url: Annotated[Text, Field(max_length=LONGEST_URL)] = Field(
        default="",
        description="Empty is the usual one of the provider.",
        examples=["http://localhost:1234/v1"],
    )
    model: Annotated[Text, Field(max_length=LONGEST_MODEL)] = Field(
        default="", description="Empty is the usual one of the provider."
    )
    key: Annotated[Text, Field(max_length=LONGEST_KEY)] = Field(
        default="",
        description="Stored encrypted and never shown; empty deletes it. Another server's "
        "address deletes it too, unless a key comes along.",
    )
    max_tokens: int = Field(default=2000, ge=FEWEST_TOKENS, le=MOST_TOKENS)
    timeout_seconds: int = Field(default=45, ge=SHORTEST_TIMEOUT, le=LONGEST_TIMEOUT)
    daily_cap: Dollars | None = Field(default=None, description="US dollars; null is no limit.")
    monthly_cap: Dollars | None = Field(default=None, description="US dollars; null is no limit.")
    price_in: Dollars | None = Field(
        default=None, description="US dollars for a million tokens, where the server does not say."
    )
    price_out: Dollars | None = None

    def to_fields(self) -> ModelFields:
        """Return the fields that were given, and only those."""
        given: dict[str, Any] = self.model_dump(exclude_unset=True)
        if "provider" in given:
            given["provider"] = Provider(given["provider"])
        return cast("ModelFields", given)


class ModelShown(Shown):
    """The model, and what the last test of its connection found. Null where there is none."""

    enabled: bool
    from_environment: bool = Field(description="Named by the environment; the key is there too.")
    provider: Provider | None
    base_url: str | None
    model: str | None
    has_key: bool
    max_tokens: int | None
    timeout_seconds: int | None
    daily_cap: float | None
    monthly_cap: float | None
    price_in: float | None
    price_out: float | None
    spent_today: float
    spent_this_month: float
    testing: bool
    tested_at: datetime | None
    test_error: str | None
    mode: OutputMode | None = Field(description="How answers are held to their type.")
    latency_ms: int | None
    offered: list[str] = Field(description="What the server lists.")


def show_model(s: Services) -> ModelShown:
    row = s.model.get() or ModelSettings(enabled=False, from_environment=False, offered=[])
    zone = ZoneInfo(s.preferences.require().time_zone)
    spent = s.model.spent(now=s.now, zone=zone)
    return ModelShown(
        enabled=row.enabled,
        from_environment=row.from_environment,
        provider=row.provider,
        base_url=row.base_url,
        model=row.model,
        has_key=row.sealed_key is not None,
        max_tokens=row.max_tokens,
        timeout_seconds=row.timeout_seconds,
        daily_cap=row.daily_cap,
        monthly_cap=row.monthly_cap,
        price_in=row.price_in,
        price_out=row.price_out,
        spent_today=spent.today,
        spent_this_month=spent.this_month,
        testing=s.model.testing,
        tested_at=local(row.tested_at, zone),
        test_error=row.test_error,
        mode=row.mode,
        latency_ms=row.latency_ms,
        offered=row.offered,
    )
