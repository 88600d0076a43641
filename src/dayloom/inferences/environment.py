"""The model that the environment names: for machines that are set up before anybody signs in."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from dayloom.infra.settings import Settings
from dayloom.language.program.endpoint import OutputMode, Provider

OPENROUTER = "https://openrouter.ai/api/v1"
OPENAI = "https://api.openai.com/v1"
USUAL_MODELS = {
    Provider.OPENROUTER: "deepseek/deepseek-v3.2-exp",
    Provider.OPENAI: "gpt-4.1-mini",
    Provider.OLLAMA: "qwen3:8b",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedModel:
    """Where a model is, and the key that goes with it."""

    provider: Provider
    base_url: str
    model: str
    api_key: str


def model_of_environment(settings: Settings) -> NamedModel | None:
    """Return the model that the variables name, the most particular first, None without any."""
    found = _server_of(settings)
    if found is None:
        return None
    provider, base_url, key = found
    model = settings.llm_model or USUAL_MODELS[provider]
    return NamedModel(
        provider=provider,
        base_url=base_url,
        model=short_name(provider, model),
        api_key=settings.llm_api_key or key or "",
    )


def mode_of_environment(settings: Settings) -> OutputMode | None:
    """Return the form of answers that is prescribed, None for what the test finds."""
    chosen = settings.llm_output_mode
    return None if chosen == "auto" else OutputMode(chosen)


def short_name(provider: Provider, model: str) -> str:
    """Return a model's name as its server knows it: "openrouter/x/y" is "x/y" there."""
    prefix = f"{provider.value}/"
    return model.removeprefix(prefix) if provider is not Provider.OPENAI else model


def _server_of(settings: Settings) -> tuple[Provider, str, str | None] | None:
    if settings.llm_base_url:
        host = urlsplit(settings.llm_base_url).hostname or ""
        router = host.endswith("openrouter.ai")
        provider = Provider.OPENROUTER if router else Provider.OPENAI
        return provider, settings.llm_base_url, None
    if settings.openrouter_api_key:
        return Provider.OPENROUTER, OPENROUTER, settings.openrouter_api_key
    if settings.openai_base_url or settings.openai_api_key:
        return Provider.OPENAI, settings.openai_base_url or OPENAI, settings.openai_api_key
    if settings.ollama_base_url:
        return Provider.OLLAMA, with_version(settings.ollama_base_url), None
    return (Provider.OPENROUTER, OPENROUTER, None) if settings.llm_api_key else None


def with_version(base_url: str) -> str:
    """Return the address of Ollama's OpenAI side, which people give without its `/v1`."""
    bare = base_url.rstrip("/")
    return bare if bare.endswith("/v1") else f"{bare}/v1"
