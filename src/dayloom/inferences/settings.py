"""The model of an account: connecting, changing, and doing without."""

from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from dayloom.accounts.changes import Changes, Topic
from dayloom.inferences.budget import Spent, spent
from dayloom.inferences.environment import USUAL_MODELS
from dayloom.inferences.fields import (
    ModelFields,
    check,
    checked_model,
    checked_url,
    origin,
)
from dayloom.inferences.models import ModelSettings
from dayloom.inferences.repository import InferenceRepository
from dayloom.infra.errors import Conflict, NotFound
from dayloom.journal.rows import Image
from dayloom.language.program.endpoint import Provider

AS_ANY = frozenset({"enabled", "price_in", "price_out"})  # the environment does not say these
PLAIN = ("enabled", "max_tokens", "timeout_seconds")
AMOUNTS = ("daily_cap", "monthly_cap", "price_in", "price_out")


class Keys(Protocol):
    """Knows the keys; `Endpoints` is one."""

    def seal(self, key: str, account_id: int) -> bytes:
        """Return a key as it is stored."""
        ...

    def follow_environment(self, rows: InferenceRepository) -> None:
        """Make the account's model the one of the environment, unless the person chose one."""
        ...


class ModelService:
    """What the person decides. A stored key never comes out here, it can only be replaced."""

    def __init__(self, rows: InferenceRepository, changes: Changes) -> None:
        self._rows = rows
        self._changes = changes

    def get(self) -> ModelSettings | None:
        """Return the model, None where none was ever connected."""
        return self._rows.settings()

    @property
    def testing(self) -> bool:
        """Tell whether a test of the connection is under way."""
        return self._rows.testing()

    def spent(self, *, now: datetime, zone: ZoneInfo) -> Spent:
        """Return what calls have cost so far in the person's day and month."""
        return spent(self._rows, now=now, zone=zone)

    def change(self, fields: ModelFields, keys: Keys) -> ModelSettings:
        """Connect a model, or change it; another server or model is tested. Raises `Invalid`.

        A key goes to the server that it was given for and to no other. A row that follows the
        environment becomes the person's own.
        """
        check(fields)
        row = self._rows.settings()
        before = _asked(row) if row else None
        row = self._own(row, fields)
        self._place(row, fields)
        self._note_key(row, fields, keys)
        for name in (*PLAIN, *AMOUNTS):
            if name in fields:
                setattr(row, name, fields[name])  # type: ignore[literal-required]  # listed above
        self._rows.add(row)
        if row.enabled and before != _asked(row):
            self._test_anew(row)
        self._changes.announce(Topic.MODEL)
        return row

    def test(self) -> ModelSettings:
        """Ask the worker to test the connection. Raises `Conflict` without a model."""
        row = self._rows.settings()
        if row is None or not row.enabled:
            raise Conflict("Connect a model first.")
        self._changes.test_model()
        self._changes.announce(Topic.MODEL)
        return row

    def forget_key(self) -> ModelSettings:
        """Delete the stored key. Raises `NotFound` where there is none."""
        row = self._rows.settings()
        if row is None or row.sealed_key is None:
            raise NotFound("No key is stored.")
        row.sealed_key = None
        _forget_test(row)
        self._rows.flush()
        self._changes.announce(Topic.MODEL)
        return row

    def remove(self) -> None:
        """Do with rules only, also after a restart: the model is off and its key deleted."""
        row = self._rows.settings()
        if row is None:
            return
        row.enabled = False
        row.sealed_key = None
        self._rows.flush()
        self._changes.announce(Topic.MODEL)

    def settle(self, row: ModelSettings, was: Image) -> None:
        """Let what an undo has put back count; a key stays with the server it was given for."""
        if origin(was.get("base_url", row.base_url)) != origin(row.base_url):
            row.sealed_key = None
        if row.enabled:
            self._test_anew(row)
        self._changes.announce(Topic.MODEL)

    def take_away(self, row: ModelSettings) -> None:
        """Undo that a model was connected."""
        self.remove()

    def follow_environment(self, keys: Keys) -> ModelSettings:
        """Use what the environment names again. Raises `Conflict` where it names nothing.

        What the person had set here is gone then, with its key.
        """
        row = self._rows.settings()
        if row is not None:
            self._rows.remove(row)
        keys.follow_environment(self._rows)
        followed = self._rows.settings()
        if followed is None:
            raise Conflict("The environment names no model.")
        self._test_anew(followed)
        self._changes.announce(Topic.MODEL)
        return followed

    def _own(self, row: ModelSettings | None, fields: ModelFields) -> ModelSettings:
        """Return the row to change, a new one where there is none."""
        if row is None:
            return _new(self._rows.account_id)
        if row.from_environment and not fields.keys() <= AS_ANY:
            row.from_environment = False
        return row

    def _place(self, row: ModelSettings, fields: ModelFields) -> None:
        """Note where and what is asked; another provider has another usual address and model."""
        provider = fields.get("provider", row.provider)
        other = provider is not row.provider
        row.provider = provider
        old = row.base_url
        if "base_url" in fields or other or not old:
            row.base_url = checked_url(provider, fields.get("base_url", ""))
        if "model" in fields or other or not row.model:
            named = fields.get("model", "").strip() or USUAL_MODELS[provider]
            row.model = checked_model(named)
        if old and origin(old) != origin(row.base_url):
            row.sealed_key = None

    def _note_key(self, row: ModelSettings, fields: ModelFields, keys: Keys) -> None:
        if "key" in fields:
            given = fields["key"]
            row.sealed_key = keys.seal(given, row.account_id) if given else None

    def _test_anew(self, row: ModelSettings) -> None:
        _forget_test(row)
        self._rows.flush()
        self._changes.test_model()
        self._changes.read_context()  # what the grammar left unread waits for a model


def _new(account_id: int) -> ModelSettings:
    return ModelSettings(
        account_id=account_id,
        enabled=True,
        from_environment=False,
        provider=Provider.OPENROUTER,
        base_url="",
        model="",
        offered=[],
    )


def _asked(row: ModelSettings) -> tuple[object, ...]:
    """Return who is asked, and as whom: what a test is about."""
    return row.enabled, row.provider, row.base_url, row.model, row.sealed_key, row.from_environment


def _forget_test(row: ModelSettings) -> None:
    row.mode = row.latency_ms = row.tested_at = row.test_error = None
    row.offered = []
