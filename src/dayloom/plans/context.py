"""The context job: a model reads the sentences that the grammar did not understand."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from dayloom.accounts.changes import Changes, Topic
from dayloom.inferences.asking import Asks, Given
from dayloom.infra.clock import Clock
from dayloom.infra.db import Database
from dayloom.infra.work import Claim, Finish
from dayloom.language.program.answers import ContextAnswer
from dayloom.language.program.execution import ModelUnavailable
from dayloom.language.program.questions import ContextQuestion, Words
from dayloom.plans.model_rules import wishes_of
from dayloom.plans.patience import Patience
from dayloom.plans.routines import rules_of
from dayloom.plans.taking_over import note_facts
from dayloom.preferences.models import PlanRule
from dayloom.preferences.repository import PreferencesRepository

MOST_SENTENCES = 12
LONGEST_TEXT = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, and the rules whose sentences it is about."""

    question: ContextQuestion
    rules: frozenset[int]


class ContextJob:
    """Asks about each sentence once; what the grammar read is not even shown to the model."""

    def __init__(self, db: Database, clock: Clock, models: Asks) -> None:
        self._db = db
        self._clock = clock
        self._models = models
        self._patience = Patience()

    async def __call__(self, claim: Claim) -> Finish:
        account_id, now = int(claim.key), self._clock.now()
        if not await self._models.is_configured(account_id):
            return Finish()
        asked = await self._db.read(partial(_asked, account_id=account_id, now=now))
        if asked is None:
            return Finish()
        try:
            given = await self._models.ask(account_id, asked.question, ContextAnswer)
        except ModelUnavailable as error:
            if not error.passing:
                return Finish()
            return Finish(again_at=self._patience.after_failure(account_id, now))
        self._patience.forget(account_id)
        now = self._clock.now()
        unit = partial(_store, account_id=account_id, now=now, asked=asked, given=given)
        return Finish(unit=unit)


def _asked(session: Session, *, account_id: int, now: datetime) -> Asked | None:
    """Return the question about what nobody has read, None if there is nothing."""
    chosen: list[PlanRule] = []
    length = 0
    for rule in rules_of(session, account_id, now).unread()[:MOST_SENTENCES]:
        length += len(rule.sentence)
        if chosen and length > LONGEST_TEXT:
            break
        chosen.append(rule)
    if not chosen:
        return None
    names = [one.name for one in PreferencesRepository(session, account_id).hour_maps()]
    text = "\n".join(rule.sentence for rule in chosen)
    question = ContextQuestion(context=Words(text=text), hour_maps=names)
    return Asked(question=question, rules=frozenset(rule.id for rule in chosen))


def _store(
    session: Session,
    *,
    account_id: int,
    now: datetime,
    asked: Asked,
    given: Given[ContextAnswer],
) -> None:
    """Store what stands in the sentences, as far as they are still there and unread.

    What is left unread beyond the question makes the work due again.
    """
    rules, names = rules_of(session, account_id, now), asked.question.hour_maps
    facts = []
    for rule in rules.unread():
        if rule.id in asked.rules:
            wishes = wishes_of(given.answer.rules, rule, hour_maps=names)
            made = rules.learn(rule, wishes, execution_id=given.execution_id)
            facts += [{"rule": one.id} for one in made]
    note_facts(session, account_id, given.execution_id, facts)
    Changes(session, account_id, now).announce(Topic.INFERENCES)
    rules.told()
