"""What is wrong with the settings, in sentences that name the variable."""

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from pydantic import ValidationError
from pydantic_core import ErrorDetails

_RULES = {
    "port": "must be a whole number from 1 to 65535",
    "log_format": "is either standard or json",
    "audit_retention_days": "is a whole number of days from 1 to 3650",
    "base_url": "is an address such as https://plan.example.com",
    "llm_base_url": "is an address such as http://localhost:11434/v1",
    "openai_base_url": "is an address such as http://localhost:1234/v1",
    "ollama_base_url": "is an address such as http://localhost:11434",
    "llm_timeout": "is a whole number of seconds from 5 to 600",
    "llm_max_tokens": "is a whole number from 100 to 10000",
    "llm_output_mode": "is auto, json_schema, json_object or plain",
    "llm_daily_cap": "is an amount of US dollars",
    "llm_monthly_cap": "is an amount of US dollars",
}


def sentences(error: ValidationError, *, prefix: str) -> Iterator[str]:
    """Yield a sentence for each mistake."""
    for mistake in error.errors(include_url=False):
        if mistake["type"] != "default_factory_not_called":  # the consequence of another mistake
            yield _sentence(mistake, prefix)


def unknown(names: Collection[str], known: Collection[str]) -> Iterator[str]:
    """Yield a sentence for each name that is no setting, with the one that may be meant."""
    for name in sorted(set(names) - set(known)):
        near = get_close_matches(name, known, n=1, cutoff=0.75)
        yield f"{name} is no setting{f': did you mean {near[0]}?' if near else '.'}"


def _sentence(mistake: ErrorDetails, prefix: str) -> str:
    if not mistake["loc"]:
        return f"{mistake['msg'].removeprefix('Value error, ')}."
    field = str(mistake["loc"][0])
    rule = _RULES.get(field.lower())
    name = field if field.isupper() else f"{prefix}{field.upper()}"
    if rule is not None:
        return f"{name} {rule}, not {str(mistake['input'])[:60]!r}."
    return f"{name}: {mistake['msg'].removeprefix('Value error, ').rstrip('.')}."
