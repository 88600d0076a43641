"""Rules of the context, as they come in and go out."""

from typing import Annotated, Literal

from pydantic import Field

from dayloom.language.wishes import Wish, WishKind
from dayloom.plans.rulebook import Listed
from dayloom.preferences.models import RuleKind, RuleOrigin
from dayloom.preferences.rules_values import LONGEST_SUBJECT
from dayloom.wire.scalars import Given, Shown, Text

Kind = Literal["hours", "no_go", "prefer", "buffer", "daily_limit", "routine"]
Clock = Annotated[Text, Field(max_length=5, examples=["10:00"])]
Subject = Annotated[Text, Field(max_length=LONGEST_SUBJECT)]


class WishGiven(Given):
    """What a rule says. Which values count depends on its kind."""

    kind: Kind
    days: list[Annotated[int, Field(ge=0, le=6)]] = Field(
        default=[], max_length=7, description="0 is Monday; none means every day."
    )
    start: Clock | None = None
    end: Clock | None = Field(default=None, description="24:00 is midnight.")
    minutes: int | None = Field(default=None, ge=5, le=1440)
    times_per_week: int | None = Field(default=None, ge=1, le=7)
    subject: Subject = Field(default="", description="A tag or words of titles; empty: all.")
    hour_map: Subject = Field(default="", description="The hours that it is about; empty: all.")
    around_events: bool = False
    days_off: bool = Field(default=False, description="Hours: the other days are closed.")

    def to_wish(self) -> Wish:
        values = self.model_dump(exclude={"kind", "days"})
        return Wish(kind=WishKind(self.kind), days=tuple(self.days), **values)


class RuleGiven(Given):
    """A new rule in plain words, which becomes a sentence of the context."""

    sentence: Annotated[Text, Field(max_length=300, examples=["No calls before 10"])]


class RulePatch(Given):
    """Switch a rule, or let it say something else, by values or in words."""

    enabled: bool | None = None
    says: WishGiven | None = None
    words: Annotated[Text, Field(max_length=300)] | None = None


class RuleShown(Shown):
    """A rule with its source."""

    id: int
    kind: RuleKind
    sentence: str = Field(description="The sentence of the context that it comes from.")
    understood: str = Field(description="What it says, in our words; empty if not understood.")
    effect: str = Field(description="What it does now.")
    complaint: str = Field(description="What speaks against it, mostly another rule.")
    enabled: bool
    origin: RuleOrigin
    values: dict[str, int | str | bool | list[int]]
    execution_id: int | None = Field(description="The call of a model that read it.")
    series_id: int | None = Field(description="The recurring task of a routine.")


class RulesShown(Shown):
    """Rules in the order of the context."""

    rules: list[RuleShown]


def show_rule(one: Listed) -> RuleShown:
    rule = one.rule
    return RuleShown(
        id=rule.id,
        kind=rule.kind,
        sentence=rule.sentence,
        understood=one.understood,
        effect=one.effect,
        complaint=rule.complaint,
        enabled=rule.enabled,
        origin=rule.origin,
        values=rule.values,
        execution_id=rule.execution_id,
        series_id=rule.series_id,
    )
