"""What a person may decide about their model, checked."""

import math
from typing import TypedDict
from urllib.parse import urlsplit, urlunsplit

from dayloom.inferences.environment import OPENAI, OPENROUTER, with_version
from dayloom.infra.errors import Invalid
from dayloom.language.program.endpoint import Provider

LONGEST_URL = 500
LONGEST_MODEL = 200
LONGEST_KEY = 1_000
FEWEST_TOKENS, MOST_TOKENS = 100, 10_000
SHORTEST_TIMEOUT, LONGEST_TIMEOUT = 5, 600
MOST_DOLLARS = 1_000_000
ASKED_PATH = "/chat/completions"
OLLAMA = "http://localhost:11434/v1"
USUAL_URLS = {Provider.OPENROUTER: OPENROUTER, Provider.OPENAI: OPENAI, Provider.OLLAMA: OLLAMA}
AMOUNTS = ("daily_cap", "monthly_cap", "price_in", "price_out")


class ModelFields(TypedDict, total=False):
    """Changes of a model; an absent field stays as it is.

    An empty `base_url` or `model` is the usual one of the provider; an empty `key` is none.
    """

    enabled: bool
    provider: Provider
    base_url: str
    model: str
    key: str
    max_tokens: int
    timeout_seconds: int
    daily_cap: float | None
    monthly_cap: float | None
    price_in: float | None
    price_out: float | None


def check(fields: ModelFields) -> None:
    """Raise `Invalid`, with the field, for a number out of bounds or a key that is none."""
    if not FEWEST_TOKENS <= fields.get("max_tokens", FEWEST_TOKENS) <= MOST_TOKENS:
        raise Invalid(
            f"An answer may have {FEWEST_TOKENS} to {MOST_TOKENS} tokens.", field="max_tokens"
        )
    if not SHORTEST_TIMEOUT <= fields.get("timeout_seconds", SHORTEST_TIMEOUT) <= LONGEST_TIMEOUT:
        raise Invalid(
            f"Wait {SHORTEST_TIMEOUT} to {LONGEST_TIMEOUT} seconds for an answer.",
            field="timeout_seconds",
        )
    for name in AMOUNTS:
        amount = fields.get(name)
        if isinstance(amount, int | float) and not _is_amount(amount):
            raise Invalid("Give an amount of US dollars, 0 or more.", field=name)
    if "key" in fields:
        _check_key(fields["key"])


def checked_url(provider: Provider, url: str) -> str:
    """Return the address of a server as it is asked. Raises `Invalid`."""
    typed = url.strip() or USUAL_URLS[provider]
    try:
        parts = urlsplit(typed)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if len(typed) > LONGEST_URL or not host or parts.scheme.lower() not in ("http", "https"):
        raise Invalid(
            "Give the server's address, such as http://localhost:1234/v1.", field="base_url"
        )
    if parts.username is not None or parts.query or parts.fragment:
        raise Invalid("Give the address alone; the key has a field of its own.", field="base_url")
    if any(character.isspace() or not character.isprintable() for character in typed):
        raise Invalid("An address has no spaces.", field="base_url")
    path = parts.path.rstrip("/").removesuffix(ASKED_PATH)
    bare = urlunsplit((parts.scheme.lower(), parts.netloc.lower(), path, "", ""))
    return with_version(bare) if provider is Provider.OLLAMA else bare


def checked_model(name: str) -> str:
    """Return the name of a model. Raises `Invalid`."""
    tidy = name.strip()
    if not 1 <= len(tidy) <= LONGEST_MODEL or not tidy.isprintable():
        raise Invalid(
            f"Name the model with 1 to {LONGEST_MODEL} characters, as its server does.",
            field="model",
        )
    return tidy


def origin(url: str) -> tuple[str, str]:
    """Return the server of an address, without the path."""
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def _is_amount(amount: float) -> bool:
    return math.isfinite(amount) and 0 <= amount <= MOST_DOLLARS


def _check_key(key: str) -> None:
    if len(key) > LONGEST_KEY or not key.isascii() or any(not "!" <= one <= "~" for one in key):
        raise Invalid("A key is a word of letters, digits and signs.", field="key")
