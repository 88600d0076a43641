"""The rules in a person's context: read, listed, changed, switched, and taken back."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from dayloom.accounts.changes import Changes, Topic
from dayloom.infra.errors import Invalid, NotFound
from dayloom.journal.rows import Image
from dayloom.language.wishes import Sentence, Wish, read_wishes
from dayloom.preferences.fields import LONGEST_CONTEXT
from dayloom.preferences.models import HourMap, PlanRule, Preferences, RuleKind, RuleOrigin
from dayloom.preferences.repository import PreferencesRepository
from dayloom.preferences.rules_review import review
from dayloom.preferences.rules_values import checked, kind_of, values_of, wish_of
from dayloom.preferences.rules_week import minutes_of
from dayloom.preferences.ruling import Ruling

MOST_RULES = 300
LONGEST_SENTENCE = 300
UNDO = timedelta(days=1)


class Routines(Protocol):
    """Keeps the recurring task of a routine."""

    def start(self, wish: Wish, sentence: str) -> int:
        """Start one and return the number of its series."""
        ...

    def end(self, series_id: int) -> None: ...


class RulesService:
    """`routines` makes and ends the recurring tasks of routines, in the same transaction."""

    def __init__(
        self, rows: PreferencesRepository, changes: Changes, routines: Routines, *, now: datetime
    ) -> None:
        self._rows = rows
        self._rules = rows.rules
        self._changes = changes
        self._routines = routines
        self._now = now

    def all(self) -> Sequence[PlanRule]:
        """Return the rules in the order of the context."""
        return self._rules.all()

    def hour_maps(self) -> Sequence[HourMap]:
        """Return the hours as the enabled rules make them, the default ones first."""
        return Ruling.of(self._rules.all()).hour_maps(self._rows.hour_maps())

    def require(self, rule_id: int) -> PlanRule:
        """Return a rule. Raises `NotFound` for an unknown, foreign or removed one."""
        found = self._rules.get(rule_id)
        if found is None:
            raise NotFound(f"There is no rule {rule_id}.")
        return found

    def read_again(self) -> None:
        """Read the context anew: the rules of a sentence that still stands there stay."""
        sentences = read_wishes(self._preferences.context, hour_maps=self._hour_maps)
        self._rules.purge(self._now - UNDO)
        known: dict[str, list[PlanRule]] = {}
        for rule in self._rules.all():
            known.setdefault(_folded(rule.sentence), []).append(rule)
        count = 0
        once = {_folded(sentence.text): sentence for sentence in reversed(sentences)}
        for position, sentence in enumerate(reversed(once.values())):
            present = known.pop(_folded(sentence.text), [])
            if present or count < MOST_RULES:
                count += self._settle(sentence, present, position)
        for rules in known.values():
            for rule in rules:
                self._drop(rule)
        self._changed()

    def add(self, sentence: str) -> Sequence[PlanRule]:
        """Add a sentence to the context and return its rules. Raises `Invalid`."""
        tidy = " ".join(sentence.split())
        if not any(char.isalnum() for char in tidy):
            raise Invalid("Say the rule in a sentence.", field="sentence")
        if len(tidy) > LONGEST_SENTENCE:
            raise Invalid(f"A rule has at most {LONGEST_SENTENCE} characters.", field="sentence")
        if any(_folded(rule.sentence) == _folded(tidy) for rule in self._rules.all()):
            raise Invalid("This sentence is among the rules already.", field="sentence")
        before = {rule.id for rule in self._rules.all()}
        self._write_context(f"{self._preferences.context.rstrip()}\n{tidy}".lstrip())
        self.read_again()
        return [rule for rule in self._rules.all() if rule.id not in before]

    def change(self, rule_id: int, wish: Wish) -> PlanRule:
        """Let a rule say something else, in the person's name. Raises `NotFound`, `Invalid`."""
        rule = self.require(rule_id)
        tidy = checked(wish, hour_maps=self._hour_maps)
        self._stop(rule)
        rule.kind, rule.values = kind_of(tidy), values_of(tidy)
        rule.origin = RuleOrigin.PERSON
        self._start(rule)
        self._changed()
        return rule

    def reword(self, rule_id: int, words: str) -> PlanRule:
        """Let a rule say what these words say. Raises `Invalid` unless they are one wish."""
        read = read_wishes(words, hour_maps=self._hour_maps)
        wishes = [wish for sentence in read for wish in sentence.wishes]
        if len(wishes) != 1 or len(read) != 1:
            raise Invalid(
                "That is not understood as one rule. Write it as “No calls before 10:00”.",
                field="words",
            )
        return self.change(rule_id, wishes[0])

    def switch(self, rule_id: int, *, enabled: bool) -> PlanRule:
        """Let a rule count, or not for now."""
        rule = self.require(rule_id)
        if rule.enabled != enabled:
            self._stop(rule)
            rule.enabled = enabled
            self._start(rule)
            self._changed()
        return rule

    def remove(self, rule_id: int) -> PlanRule:
        """Take a rule away, and its sentence with the last of its rules; `restore` undoes it."""
        rule = self.require(rule_id)
        self._stop(rule)
        rule.removed_at = self._now
        self._rules.flush()
        if not any(_folded(one.sentence) == _folded(rule.sentence) for one in self._rules.all()):
            self._write_context(_without(self._preferences.context, rule.sentence))
        self._changed()
        return rule

    def restore(self, rule_id: int) -> PlanRule:
        """Bring a removed rule back, and its sentence. Raises `NotFound` once it is gone."""
        rule = self._rules.get(rule_id, removed=True)
        if rule is None:
            raise NotFound(f"There is no rule {rule_id}.")
        if rule.removed_at is not None:
            context = self._preferences.context
            if _folded(rule.sentence) not in _folded(context):
                self._write_context(f"{context.rstrip()}\n{rule.sentence}".lstrip())
            rule.removed_at = None
            self._start(rule)
            self._changed()
        return rule

    def settle(self, rule: PlanRule, was: Image) -> None:
        """Let what an undo has put back count."""
        self._changed()

    def take_away(self, rule: PlanRule) -> None:
        """Undo that the rule was added."""
        if rule.removed_at is None:
            self.remove(rule.id)

    def unread(self) -> Sequence[PlanRule]:
        """Return the sentences that nobody understood and that no model was asked about."""
        return [
            rule
            for rule in self._rules.all()
            if rule.kind is RuleKind.NOT_UNDERSTOOD and rule.execution_id is None
        ]

    def learn(
        self, rule: PlanRule, wishes: Sequence[Wish], *, execution_id: int
    ) -> list[PlanRule]:
        """Store what a model read of a sentence; nothing, too, is an answer.

        What would leave the week without any open time is switched off until the person decides.
        """
        rule.execution_id = execution_id
        made = [
            self._make(rule.sentence, rule.position, wish, RuleOrigin.MODEL)
            for wish in self._sane(wishes)
        ]
        for one in made:
            one.execution_id = execution_id
            self._rules.flush()
            if self._closes_everything():
                self.switch(one.id, enabled=False)
        if made:
            self._rules.remove(rule)
        return made

    def told(self) -> None:
        """Let everybody know after `learn`."""
        self._changed()

    def forget(self, execution_id: int) -> int:
        """Undo what was read in one call, except what the person made theirs; say how many.

        The sentences are not understood any more, and no model is asked about them again.
        """
        found = self._rules.of_execution(execution_id)
        gone = [rule for rule in found if rule.origin is RuleOrigin.MODEL]
        for rule in gone:
            self._drop(rule)
        left = {_folded(rule.sentence) for rule in self._rules.all()}
        for folded, rule in {_folded(rule.sentence): rule for rule in gone}.items():
            if folded not in left:
                again = self._make(rule.sentence, rule.position, None, RuleOrigin.GRAMMAR)
                again.execution_id = execution_id
        if gone:
            self._changed()
        return len(gone)

    def _closes_everything(self) -> bool:
        """Tell whether the rules leave the week no open time at all."""
        ruling, rows = Ruling.of(self._rules.all()), self._rows.hour_maps()
        return not any(minutes_of(ruling.week(row)) for row in rows)

    @property
    def _preferences(self) -> Preferences:
        found = self._rows.get()
        if found is None:
            raise NotFound("This account has no preferences yet.")
        return found

    @property
    def _hour_maps(self) -> tuple[str, ...]:
        return tuple(hour_map.name for hour_map in self._rows.hour_maps())

    def _settle(self, sentence: Sentence, present: Sequence[PlanRule], position: int) -> int:
        """Keep the rules of a sentence, or make them, and say how many there are.

        What the grammar reads it reads surely: a model's reading makes way for it.
        """
        wishes = self._sane(sentence.wishes)
        for rule in present:
            rule.position = position
        if present and not (wishes and all(map(_loose, present))):
            return len(present)
        for rule in present:
            self._drop(rule)
        read: Sequence[Wish | None] = wishes or [None]
        for wish in read:
            self._make(sentence.text, position, wish, RuleOrigin.GRAMMAR)
        return len(read)

    def _sane(self, wishes: Iterable[Wish]) -> list[Wish]:
        """Return the wishes, or none of them if one is impossible."""
        try:
            return [checked(wish, hour_maps=self._hour_maps) for wish in wishes]
        except Invalid:
            return []

    def _make(
        self, sentence: str, position: int, wish: Wish | None, origin: RuleOrigin
    ) -> PlanRule:
        rule = PlanRule(
            account_id=self._rows.account_id,
            position=position,
            kind=RuleKind.NOT_UNDERSTOOD if wish is None else kind_of(wish),
            sentence=sentence,
            values={} if wish is None else values_of(wish),
            origin=origin,
            created_at=self._now,
        )
        self._rules.add(rule)
        self._start(rule)
        return rule

    def _drop(self, rule: PlanRule) -> None:
        self._stop(rule)
        self._rules.remove(rule)

    def _start(self, rule: PlanRule) -> None:
        """Start the recurring task of a routine that counts."""
        if rule.enabled and rule.kind is RuleKind.ROUTINE and rule.series_id is None:
            rule.series_id = self._routines.start(wish_of(rule), rule.sentence)
            self._rules.flush()

    def _stop(self, rule: PlanRule) -> None:
        if rule.series_id is not None:
            self._routines.end(rule.series_id)
            rule.series_id = None

    def _write_context(self, context: str) -> None:
        if len(context) > LONGEST_CONTEXT:
            raise Invalid(
                f"The context is longer than {LONGEST_CONTEXT:,} characters.", field="sentence"
            )
        self._preferences.context = context
        self._changes.announce(Topic.PREFERENCES)

    def _changed(self) -> None:
        self._rules.flush()
        review(self._rows)
        if self.unread():
            self._changes.read_context()
        self._changes.replan(Topic.RULES)


def _loose(rule: PlanRule) -> bool:
    """May a sure reading take its place?"""
    return rule.kind is RuleKind.NOT_UNDERSTOOD or rule.origin is RuleOrigin.MODEL


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _without(context: str, sentence: str) -> str:
    """Return the context without a sentence, and without the line that it leaves empty."""
    for one in read_wishes(context):
        if _folded(one.text) == _folded(sentence):
            before, after = context[: one.span.start], context[one.span.end :]
            return _tidy(before, after)
    return context


def _tidy(before: str, after: str) -> str:
    line = before.rpartition("\n")[2]
    if not line.strip(" \t-*•+") and after[:1] in ("", "\n", "\r"):
        return (before[: len(before) - len(line)] + after.lstrip("\r\n")).strip()
    return f"{before.rstrip(' ')} {after.lstrip(' ')}".strip()
