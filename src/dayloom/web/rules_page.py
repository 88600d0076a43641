"""The rules as the settings page shows them."""

from dataclasses import dataclass, replace

from dayloom.bootstrap import Services
from dayloom.plans.rulebook import Listed
from dayloom.preferences.models import RuleKind, RuleOrigin

ORIGINS = {
    RuleOrigin.GRAMMAR: "",
    RuleOrigin.MODEL: "read by the model",
    RuleOrigin.PERSON: "changed by you",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """`tone` is ok, wait or bad: how the line about its effect looks."""

    id: int
    sentence: str
    understood: str
    words: str
    effect: str
    tone: str
    complaint: str
    enabled: bool
    origin: str
    error: str = ""
    open: bool = False

    @property
    def form(self) -> str:
        return f"rule-{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesView:
    """All rules, and what was typed of a new one that could not be added."""

    all: tuple[RuleView, ...]
    unread: int
    has_model: bool
    sentence: str = ""
    error: str = ""


def view_rules(s: Services) -> RulesView:
    rules = tuple(map(_view, s.rulebook))
    return RulesView(
        all=rules,
        unread=sum(not rule.understood for rule in rules),
        has_model=s.has_model,
    )


def view_reworded(view: RulesView, rule_id: int, *, words: str, error: str) -> RulesView:
    """Return the rules, one of them as it was typed, with the complaint in its place."""
    return replace(
        view,
        all=tuple(
            replace(one, words=words, error=error, open=True) if one.id == rule_id else one
            for one in view.all
        ),
    )


def _view(one: Listed) -> RuleView:
    rule = one.rule
    known = rule.kind is not RuleKind.NOT_UNDERSTOOD
    return RuleView(
        id=rule.id,
        sentence=rule.sentence,
        understood=one.understood,
        words=one.words,
        effect=one.effect if known else "Not understood as a rule: it changes nothing.",
        tone="bad" if rule.complaint else "ok" if known and rule.enabled else "wait",
        complaint=rule.complaint,
        enabled=rule.enabled,
        origin=ORIGINS[rule.origin],
    )
