"""`Idempotency-Key`: a request that is sent twice is done once and answered alike."""

import hashlib
from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import Header
from pydantic import BaseModel

from dayloom.bootstrap import Services
from dayloom.infra import idempotency
from dayloom.infra.idempotency import Key

IdempotencyKey = Annotated[
    str | None,
    Header(
        min_length=1,
        max_length=255,
        pattern=r"^[\x21-\x7e]+$",
        description="Within a day, the same key with the same body is done once.",
    ),
]
T = TypeVar("T", bound=BaseModel)


def key_of(name: str | None, body: BaseModel) -> Key | None:
    """Return the key of a request with this body; None if the client gave no name."""
    if name is None:
        return None
    said = f"{type(body).__name__}:{body.model_dump_json(exclude_unset=True)}"
    return Key(name=name, fingerprint=hashlib.sha256(said.encode()).hexdigest())


def do_once(s: Services, key: Key | None, shape: type[T], make: Callable[[], T]) -> T:
    """Return what `make` makes, or what it made for this key before. Raises `KeyReused`."""
    if key is None:
        return make()
    answered = idempotency.recall(s.session, s.account_id, key)
    if answered is not None:
        return shape.model_validate_json(answered)
    made = make()
    idempotency.remember(s.session, s.account_id, key, answer=made.model_dump_json(), now=s.now)
    return made
