"""A person tells about their week: which rules come of it?"""

from typing import Any

from dayloom.accounts.changes import CONTEXT
from dayloom.bootstrap import Services
from dayloom.evaluation.checking import broken_rules
from dayloom.evaluation.found import Found
from dayloom.evaluation.stage import Stage
from dayloom.preferences.models import RuleKind


async def read_context(stage: Stage) -> Found:
    """Store the context and let the model read what the grammar did not understand."""
    said = stage.scenario.say
    stage.write(lambda services: services.change_preferences({"context": said}))
    await stage.settle(CONTEXT)
    rules = stage.read(_rules)
    return Found(
        values={"kind": rules, "rule": rules},
        violations=broken_rules(stage),
        calls=stage.executions(),
    )


def _rules(services: Services) -> list[dict[str, Any]]:
    """Return what was understood, without the sentences that were not."""
    understood = [r for r in services.rules.all() if r.kind is not RuleKind.NOT_UNDERSTOOD]
    return [{"kind": rule.kind.value, **rule.values} for rule in understood]
