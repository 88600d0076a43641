"""Preferences and hour maps of one account."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dayloom.preferences.models import HourMap, Preferences
from dayloom.preferences.rules_repository import RulesRepository


class PreferencesRepository:
    def __init__(self, session: Session, account_id: int) -> None:
        self._session = session
        self.account_id = account_id

    @property
    def rules(self) -> RulesRepository:
        return RulesRepository(self._session, self.account_id)

    def get(self) -> Preferences | None:
        return self._session.get(Preferences, self.account_id)

    def add(self, row: Preferences | HourMap) -> None:
        self._session.add(row)
        self._session.flush()

    def hour_maps(self) -> Sequence[HourMap]:
        """Return the hour maps, the default one first, then by name."""
        query = (
            select(HourMap)
            .where(HourMap.account_id == self.account_id)
            .order_by(HourMap.is_default.desc(), HourMap.name)
        )
        return self._session.scalars(query).all()

    def hour_map(self, hour_map_id: int) -> HourMap | None:
        query = select(HourMap).where(
            HourMap.account_id == self.account_id, HourMap.id == hour_map_id
        )
        return self._session.scalar(query)

    def remove(self, hour_map: HourMap) -> None:
        self._session.delete(hour_map)
        self._session.flush()

    def flush(self) -> None:
        self._session.flush()
