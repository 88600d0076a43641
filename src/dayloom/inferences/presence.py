"""Whether an account has a model at all: asked wherever words are added, so it is one look."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from dayloom.inferences.models import ModelSettings


def has_model(session: Session, account_id: int) -> bool:
    """Tell whether the account has connected a model and not switched it off."""
    enabled = select(ModelSettings.enabled).where(ModelSettings.account_id == account_id)
    return bool(session.scalar(enabled))
