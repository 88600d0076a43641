"""Local mode: one person on their own machine, who needs no login."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from dayloom.accounts.models import Account


def ensure_local_account(session: Session, *, now: datetime) -> int:
    """Return the id of the machine's own account, making it on the first start."""
    found = session.scalar(select(Account.id).order_by(Account.id).limit(1))
    if found is not None:
        return found
    account = Account(name="You", created_at=now)
    session.add(account)
    session.flush()
    return account.id
