"""The messages of one account."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from dayloom.chat.models import ChatMessage, MessageState, Role

UNFINISHED = (MessageState.WAITING, MessageState.STREAMING)


class ChatRepository:
    def __init__(self, session: Session, account_id: int) -> None:
        self._session = session
        self.account_id = account_id

    def add(self, row: ChatMessage) -> ChatMessage:
        self._session.add(row)
        self._session.flush()
        return row

    def get(self, message_id: int) -> ChatMessage | None:
        return self._session.scalar(self._own().where(ChatMessage.id == message_id))

    def newest(self, limit: int, *, before: int | None = None) -> list[ChatMessage]:
        """Return the last messages in the order in which they were written."""
        query = self._own()
        if before is not None:
            query = query.where(ChatMessage.id < before)
        rows = self._session.scalars(query.order_by(ChatMessage.id.desc()).limit(limit)).all()
        return list(reversed(rows))

    def answer_to(self, message_id: int) -> ChatMessage | None:
        """Return the newest answer to a message."""
        query = self._own().where(ChatMessage.answers == message_id)
        return self._session.scalar(query.order_by(ChatMessage.id.desc()).limit(1))

    def unfinished(self) -> Sequence[ChatMessage]:
        """Return the answers that wait or were begun, oldest first."""
        query = self._own().where(
            ChatMessage.role == Role.ASSISTANT, ChatMessage.state.in_(UNFINISHED)
        )
        return self._session.scalars(query.order_by(ChatMessage.id)).all()

    def clear(self, now: datetime) -> int:
        """Take all messages out of sight; return how many they were."""
        rows = update(ChatMessage).where(
            ChatMessage.account_id == self.account_id, ChatMessage.cleared_at.is_(None)
        )
        done = rows.values(cleared_at=now).returning(ChatMessage.id)
        return len(self._session.scalars(done).all())

    def bring_back(self) -> int:
        """Bring back what was cleared; return how many messages that were."""
        rows = update(ChatMessage).where(
            ChatMessage.account_id == self.account_id, ChatMessage.cleared_at.is_not(None)
        )
        done = rows.values(cleared_at=None).returning(ChatMessage.id)
        return len(self._session.scalars(done).all())

    def forget_cleared(self, until: datetime) -> None:
        """Delete for good what was cleared until then."""
        gone = (ChatMessage.account_id == self.account_id, ChatMessage.cleared_at <= until)
        for answers in (ChatMessage.answers.is_not(None), ChatMessage.answers.is_(None)):
            self._session.execute(delete(ChatMessage).where(*gone, answers))

    def flush(self) -> None:
        self._session.flush()

    def _own(self) -> Select[ChatMessage]:
        return select(ChatMessage).where(
            ChatMessage.account_id == self.account_id, ChatMessage.cleared_at.is_(None)
        )
