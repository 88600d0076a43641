"""Which model is configured, and how to forget it while stages are played."""

import os

from dayloom.bootstrap import bootstrap
from dayloom.inferences.repository import InferenceRepository
from dayloom.infra.errors import Invalid
from dayloom.infra.settings import PREFIX, Settings, load_settings
from dayloom.language.program.endpoint import Endpoint


def configured() -> tuple[Endpoint, frozenset[str]]:
    """Return the model of this machine's account, and the hosts that may be private.

    Raises `Invalid` where there is none.
    """
    container = bootstrap(load_settings())
    try:
        account_id = container.account_id
        row = container.db.read_now(lambda s: InferenceRepository(s, account_id).settings())
        if row is None or not row.enabled:
            raise Invalid(
                "No model is connected. Connect one in Settings, or name one by "
                "OPENROUTER_API_KEY, OPENAI_BASE_URL, OLLAMA_BASE_URL or DAYLOOM_LLM_BASE_URL."
            )
        return container.endpoints.of(row), container.endpoints.allowed_hosts
    finally:
        container.db.close()


def forget_environment(folder: str) -> None:
    """Let no setting of this machine reach the stages, in this process of their own.

    In `folder` lies no `.env`.
    """
    os.chdir(folder)
    aliases = {str(field.validation_alias) for field in Settings.model_fields.values()}
    for name in [n for n in os.environ if n.startswith(PREFIX) or n in aliases]:
        del os.environ[name]
