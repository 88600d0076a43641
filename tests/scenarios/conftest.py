"""A planner's desk with what-ifs: stated, planned through on the spot, kept."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from dayloom.accounts.changes import SCENARIO, scenario_key
from dayloom.bootstrap import Container
from dayloom.infra import work
from dayloom.infra.work import Claim, Work
from dayloom.language.suppositions import Supposition
from dayloom.plans.models import Proposal
from dayloom.scenarios.jobs import ScenarioJob
from dayloom.scenarios.service import Told
from tests.fakes import FakeClock
from tests.plans.conftest import Planner, solve

BERLIN = ZoneInfo("Europe/Berlin")


class Thinker(Planner):
    """What a person supposes, and what the worker makes of it."""

    def suppose(self, *suppositions: Supposition, name: str = "") -> int:
        return self.write(lambda s: s.scenarios.add(suppositions, name=name)).id

    def say(self, text: str, *, name: str = "") -> int:
        return self.write(lambda s: s.scenarios.add(s.scenarios.read(text), name=name)).id

    def think(self, scenario_id: int, *, meanwhile: Callable[[], object] = lambda: None) -> Told:
        """Plan the scenario through as the worker would; `meanwhile`, before it is stored."""
        key = scenario_key(self.container.account_id, scenario_id)
        want = self.read(lambda s: work.wanted(s.session, SCENARIO, key))
        job = ScenarioJob(self.container.db, self.clock, solve)
        finish = self.run(job(Claim(kind=SCENARIO, key=key, want=want)))
        meanwhile()
        unit = finish.unit

        def end(session: Session) -> None:
            session.get_one(Work, (SCENARIO, key)).done = want
            if unit is not None:
                unit(session)

        self.container.db.write_now(end)
        return self.told(scenario_id)

    def told(self, scenario_id: int) -> Told:
        return self.read(lambda s: s.scenarios.require(scenario_id))

    def thought(self, text: str) -> Told:
        return self.think(self.say(text))

    def keep(self, scenario_id: int) -> Proposal:
        return self.write(lambda s: s.keeping.keep(scenario_id))

    def at(self, days: int, clock: str) -> datetime:
        """Return the moment so many days from today at that time, in Berlin."""
        day = self.clock.now().astimezone(BERLIN).date() + timedelta(days=days)
        return datetime.combine(day, time.fromisoformat(clock), BERLIN)


@pytest.fixture
def thinker(container: Container, clock: FakeClock) -> Thinker:
    return Thinker(container, clock)
