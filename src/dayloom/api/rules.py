"""The rules in the context."""

from fastapi import APIRouter

from dayloom.api.access import ContainerDep, PathId
from dayloom.api.problems import documented
from dayloom.bootstrap import Services
from dayloom.wire.rules import RuleGiven, RulePatch, RuleShown, RulesShown, show_rule

router = APIRouter(prefix="/rules", tags=["preferences"])


@router.get("", summary="List the rules")
async def list_rules(container: ContainerDep) -> RulesShown:
    """Each with its sentence; what was not understood is listed too."""
    return await container.read(lambda s: RulesShown(rules=[*map(show_rule, s.rulebook)]))


@router.post("", status_code=201, summary="Add a rule", responses=documented(409))
async def add_rule(given: RuleGiven, container: ContainerDep) -> RulesShown:
    """The sentence joins the context; it may hold several rules, or none that is understood."""

    def add(s: Services) -> RulesShown:
        added = {rule.id for rule in s.rules.add(given.sentence)}
        return RulesShown(rules=[show_rule(one) for one in s.rulebook if one.rule.id in added])

    return await container.write(add)


@router.patch("/{rule_id}", summary="Change or switch a rule", responses=documented(404))
async def change_rule(rule_id: PathId, given: RulePatch, container: ContainerDep) -> RuleShown:
    """What is absent stays as it is."""

    def change(s: Services) -> RuleShown:
        s.rules.require(rule_id)
        if given.says is not None:
            s.rules.change(rule_id, given.says.to_wish())
        if given.words is not None:
            s.rules.reword(rule_id, given.words)
        if given.enabled is not None:
            s.rules.switch(rule_id, enabled=given.enabled)
        return _shown(s, rule_id)

    return await container.write(change)


@router.delete("/{rule_id}", status_code=204, summary="Remove a rule", responses=documented(404))
async def remove_rule(rule_id: PathId, container: ContainerDep) -> None:
    """Its sentence leaves the context with the last of its rules."""
    await container.write(lambda s: s.rules.remove(rule_id))


@router.post("/{rule_id}/restoration", summary="Bring a rule back", responses=documented(404))
async def restore_rule(rule_id: PathId, container: ContainerDep) -> RuleShown:
    """For a day after its removal."""

    def restore(s: Services) -> RuleShown:
        s.rules.restore(rule_id)
        return _shown(s, rule_id)

    return await container.write(restore)


def _shown(s: Services, rule_id: int) -> RuleShown:
    return next(show_rule(one) for one in s.rulebook if one.rule.id == rule_id)
