"""From the account's settings to the endpoint that is asked."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from dayloom.inferences.environment import (
    NamedModel,
    mode_of_environment,
    model_of_environment,
)
from dayloom.inferences.models import ModelSettings
from dayloom.inferences.repository import InferenceRepository
from dayloom.infra.crypto import Vault, open_vault
from dayloom.infra.settings import Settings
from dayloom.language.program.endpoint import Endpoint, OutputMode, Probed


def bound_to(account_id: int) -> str:
    """Return what the key of an account's model is sealed to."""
    return f"model_settings/{account_id}"


class Endpoints:
    """Knows the keys: those of the environment, and how to unseal the others."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._opened: Vault | None = None

    def of(self, row: ModelSettings) -> Endpoint:
        """Return what to ask. Raises `Unavailable` where the stored key cannot be read."""
        return Endpoint(
            provider=row.provider,
            base_url=row.base_url,
            model=row.model,
            api_key=self._key_of(row),
            mode=row.mode or mode_of_environment(self._settings) or OutputMode.JSON_OBJECT,
            max_tokens=row.max_tokens,
            timeout=timedelta(seconds=row.timeout_seconds),
            price_in=row.price_in,
            price_out=row.price_out,
        )

    def as_prescribed(self, row: ModelSettings, found: Probed) -> Probed:
        """Return what a test found, in the form of answers that the environment prescribes."""
        prescribed = mode_of_environment(self._settings) if row.from_environment else None
        return replace(found, mode=prescribed) if prescribed else found

    @property
    def named(self) -> NamedModel | None:
        """Return the model that the environment names, if any."""
        return model_of_environment(self._settings)

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """Return the hosts that may have private addresses: who sets up the machine says so."""
        host = urlsplit(self.named.base_url).hostname if self.named else None
        return self._settings.allow_private_hosts | ({host} if host else frozenset())

    def seal(self, key: str, account_id: int) -> bytes:
        """Return a key as it is stored."""
        return self._vault.seal(key, bound_to=bound_to(account_id))

    def follow_environment(self, rows: InferenceRepository) -> None:
        """Make the account's model the one of the environment, unless the person chose one."""
        row, named = rows.settings(), model_of_environment(self._settings)
        if row is not None and not row.from_environment:
            return
        if named is None:
            if row is not None:
                rows.remove(row)
        elif row is None:
            rows.add(self._filled(_new(rows.account_id, named), named))
        else:
            self._filled(row, named)
            rows.flush()

    @property
    def _vault(self) -> Vault:
        if self._opened is None:
            self._opened = open_vault(self._settings.data_dir, self._settings.secret_key)
        return self._opened

    def _key_of(self, row: ModelSettings) -> str:
        if row.from_environment:
            named = model_of_environment(self._settings)
            return named.api_key if named else ""
        if row.sealed_key is None:
            return ""
        return self._vault.unseal(row.sealed_key, bound_to=bound_to(row.account_id))

    def _filled(self, row: ModelSettings, named: NamedModel) -> ModelSettings:
        """Note what the environment says; a finding of the test is about one model only."""
        if (row.base_url, row.model) != (named.base_url, named.model):
            row.mode = row.latency_ms = row.tested_at = row.test_error = None
        settings = self._settings
        row.provider, row.base_url, row.model = named.provider, named.base_url, named.model
        row.mode = mode_of_environment(settings) or row.mode
        row.max_tokens, row.timeout_seconds = settings.llm_max_tokens, settings.llm_timeout
        row.daily_cap, row.monthly_cap = settings.llm_daily_cap, settings.llm_monthly_cap
        return row


def _new(account_id: int, named: NamedModel) -> ModelSettings:
    return ModelSettings(
        account_id=account_id,
        from_environment=True,
        provider=named.provider,
        base_url=named.base_url,
        model=named.model,
    )
