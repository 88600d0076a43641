"""The model as the settings page shows it: who is asked, how much, and whether it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast
from zoneinfo import ZoneInfo

from dayloom.bootstrap import Services
from dayloom.inferences.fields import ModelFields
from dayloom.inferences.models import ModelSettings
from dayloom.infra.errors import Invalid
from dayloom.language.program.endpoint import OutputMode, Provider
from dayloom.preferences.wallclock import WallClock
from dayloom.web.forms import Choice, Field, typed
from dayloom.web.numbers import read_dollars, read_whole, say_dollars, say_seconds

FORM = "model"
RULES_ONLY = "none"
PROVIDERS = Field(
    name="provider",
    label="Who reads your words",
    kind="cards",
    choices=(
        Choice(value=RULES_ONLY, label="Rules only", hint="Nothing leaves this machine."),
        Choice(value="openrouter", label="OpenRouter", hint="Many models with one key."),
        Choice(value="openai", label="Any server", hint="It speaks the OpenAI protocol."),
        Choice(value="ollama", label="Ollama", hint="On a machine of your own."),
    ),
)
PLACE = (
    Field(name="base_url", label="Address", kind="text", hint="Empty is the usual one."),
    Field(name="model", label="Model", kind="offered", hint="As its server calls it."),
    Field(name="key", label="Key", kind="key"),
)
WHOLE = ("max_tokens", "timeout_seconds")
MONEY = ("daily_cap", "monthly_cap", "price_in", "price_out")
LIMITS = (
    Field(name="daily_cap", label="At most a day", kind="number", suffix="$"),
    Field(name="monthly_cap", label="At most a month", kind="number", suffix="$"),
    Field(name="max_tokens", label="Longest answer, in tokens", kind="number"),
    Field(name="timeout_seconds", label="Longest wait", kind="number", suffix="s"),
    Field(name="price_in", label="Price of a million tokens sent", kind="number", suffix="$"),
    Field(name="price_out", label="Price of a million answered", kind="number", suffix="$"),
)
LIMIT_HINTS = {
    "daily_cap": "Empty means no limit.",
    "monthly_cap": "Beyond it, the rules read alone.",
    "price_in": "If the server does not say.",
}
HELD = {
    OutputMode.JSON_SCHEMA: "held to a schema",
    OutputMode.JSON_OBJECT: "as JSON",
    OutputMode.PLAIN: "as plain text",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelView:
    """`tone` is ok, wait or bad: how the line about the connection looks."""

    providers: Field
    place: tuple[Field, ...]
    limits: tuple[Field, ...]
    state: str
    tone: str
    testing: bool
    enabled: bool
    has_key: bool
    from_environment: bool
    spent: str
    offered: tuple[str, ...]
    error: str = ""


def view_model(s: Services) -> ModelView:
    row, preferences = s.model.get(), s.preferences.require()
    now = as_posted(row)
    spent = s.model.spent(now=s.now, zone=ZoneInfo(preferences.time_zone))
    state, tone = _state(row, WallClock.of(preferences, s.now), testing=s.model.testing)
    return ModelView(
        providers=replace(PROVIDERS, value=now["provider"]),
        place=tuple(_filled(field, now, row) for field in PLACE),
        limits=tuple(_filled(field, now, row) for field in LIMITS),
        state=state,
        tone=tone,
        testing=s.model.testing,
        enabled=row is not None and row.enabled,
        has_key=row is not None and row.sealed_key is not None,
        from_environment=row is not None and row.from_environment,
        spent=f"{say_dollars(spent.today)} today, {say_dollars(spent.this_month)} this month",
        offered=tuple(row.offered) if row else (),
    )


def view_typed(view: ModelView, given: Mapping[str, str], error: Invalid) -> ModelView:
    """Return the form as it was typed, but for the key, with the complaint in its place."""
    shown = {name: value for name, value in given.items() if name != "key"}
    [providers] = typed([view.providers], shown, error)
    known = {field.name for field in (PROVIDERS, *PLACE, *LIMITS)}
    return replace(
        view,
        providers=providers,
        place=typed(view.place, shown, error),
        limits=typed(view.limits, shown, error),
        error="" if error.field in known else str(error),
    )


def as_posted(row: ModelSettings | None) -> dict[str, str]:
    """Return what the form would send now, without the key."""
    if row is None:
        return {"provider": RULES_ONLY, "max_tokens": "2000", "timeout_seconds": "45"}
    return {
        "provider": row.provider.value if row.enabled else RULES_ONLY,
        "base_url": row.base_url,
        "model": row.model,
        **{name: str(getattr(row, name)) for name in WHOLE},
        **{name: _plain(getattr(row, name)) for name in MONEY},
    }


def read_model(given: Mapping[str, str], row: ModelSettings | None) -> ModelFields:
    """Return what the form changes. Raises `Invalid` with the field.

    With another provider, an address and a model that were left alone mean its usual ones.
    """
    chosen = given.get("provider", RULES_ONLY)
    if chosen == RULES_ONLY:
        return {"enabled": False}
    if chosen not in {choice.value for choice in PROVIDERS.choices}:
        raise Invalid("Choose one of these.", field="provider")
    provider = Provider(chosen)
    other = row is not None and row.provider is not provider
    values: dict[str, Any] = {"enabled": True, "provider": provider}
    for name in ("base_url", "model"):
        text = given.get(name, "").strip()
        left_alone = row is not None and text == getattr(row, name)
        values[name] = "" if other and left_alone else text
    values |= {n: read_whole(given[n], field=n) for n in WHOLE if n in given}
    values |= {n: read_dollars(given[n], field=n) for n in MONEY if n in given}
    changed = {n: v for n, v in values.items() if row is None or v != getattr(row, n)}
    if key := given.get("key", "").strip():
        changed["key"] = key
    return cast("ModelFields", changed)


def _filled(field: Field, now: Mapping[str, str], row: ModelSettings | None) -> Field:
    hint = LIMIT_HINTS.get(field.name, field.hint)
    if field.name == "key":
        hint = _say_key(row)
    return replace(field, value=now.get(field.name, ""), hint=hint)


def _say_key(row: ModelSettings | None) -> str:
    if row is not None and row.from_environment:
        return "The environment's, if any. One that you enter is stored encrypted."
    if row is not None and row.sealed_key is not None:
        return "A key is stored, encrypted. Enter another to replace it."
    return "Stored encrypted, and never shown again."


def _plain(amount: float | None) -> str:
    return "" if amount is None else f"{amount:g}"


def _state(row: ModelSettings | None, clock: WallClock, *, testing: bool) -> tuple[str, str]:
    if row is None or not row.enabled:
        return "Rules only: your words are read by rules. A model is optional.", "ok"
    if testing:
        return f"Testing the connection to {row.model}…", "wait"
    if row.tested_at is None:
        return "Not tested yet.", "wait"
    tested = f"Tested {clock.day(row.tested_at)} {clock.time(row.tested_at)}."
    if row.test_error:
        return f"{row.test_error} {tested}", "bad"
    seconds = say_seconds(row.latency_ms or 0)
    held = f", {HELD[row.mode]}" if row.mode else ""
    return f"{row.model} answers in {seconds}{held}. {tested}", "ok"
