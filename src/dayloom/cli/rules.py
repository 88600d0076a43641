"""`dayloom rules`: the rules in the context."""

from typing import Annotated

import typer

from dayloom.bootstrap import Services
from dayloom.cli.numbers import number_of
from dayloom.cli.output import Json, console, line, print_json, table
from dayloom.cli.session import read, write
from dayloom.wire.rules import RuleShown, RulesShown, show_rule

app = typer.Typer(add_completion=False, no_args_is_help=True)
RuleId = Annotated[
    int, typer.Argument(parser=number_of("rule"), metavar="RULE", help="Its number.")
]
Sentence = Annotated[str, typer.Argument(metavar="SENTENCE", help="Such as “No calls before 10”.")]


@app.callback()
def root() -> None:
    """Rules that every plan keeps, each a sentence of the context in plain words."""


@app.command("list")
def show_all(*, as_json: Json = False) -> None:
    """List the rules with what was understood of each sentence."""
    shown = read(lambda s: RulesShown(rules=[*map(show_rule, s.rulebook)]))
    if as_json:
        print_json(shown)
        return
    if not shown.rules:
        console().print("No rules yet; “dayloom rules add” takes a sentence.")
        return
    rows = table("#", "", "Rule", stretch="Rule")
    for rule in shown.rules:
        rows.add_row(str(rule.id), _state(rule), _told(rule))
    console().print(rows)


@app.command()
def add(sentence: Sentence, *, as_json: Json = False) -> None:
    """Add a rule in plain words."""

    def unit(s: Services) -> RulesShown:
        added = {rule.id for rule in s.rules.add(sentence)}
        return RulesShown(rules=[show_rule(one) for one in s.rulebook if one.rule.id in added])

    shown = write(unit)
    if as_json:
        print_json(shown)
        return
    for rule in shown.rules:
        console().print(line(f"Rule {rule.id}: ", _told(rule)))


@app.command()
def change(rule_id: RuleId, words: Sentence, *, as_json: Json = False) -> None:
    """Let a rule say something else."""
    _tell(
        write(lambda s: (s.rules.reword(rule_id, words), _shown(s, rule_id))[1]), as_json=as_json
    )


@app.command()
def on(rule_id: RuleId, *, as_json: Json = False) -> None:
    """Let a rule count."""
    _turn(rule_id, enabled=True, as_json=as_json)


@app.command()
def off(rule_id: RuleId, *, as_json: Json = False) -> None:
    """Let a rule not count for now."""
    _turn(rule_id, enabled=False, as_json=as_json)


@app.command()
def remove(rule_id: RuleId) -> None:
    """Take a rule away, and its sentence from the context."""
    gone = write(lambda s: s.rules.remove(rule_id))
    console().print(f"Removed “{gone.sentence}”. “dayloom rules restore {rule_id}” undoes it.")


@app.command()
def restore(rule_id: RuleId, *, as_json: Json = False) -> None:
    """Bring a removed rule back, up to a day later."""
    _tell(write(lambda s: (s.rules.restore(rule_id), _shown(s, rule_id))[1]), as_json=as_json)


def _turn(rule_id: int, *, enabled: bool, as_json: bool) -> None:
    def unit(s: Services) -> RuleShown:
        s.rules.switch(rule_id, enabled=enabled)
        return _shown(s, rule_id)

    _tell(write(unit), as_json=as_json)


def _tell(rule: RuleShown, *, as_json: bool) -> None:
    if as_json:
        print_json(rule)
        return
    console().print(line(f"Rule {rule.id}: ", _told(rule)))


def _shown(s: Services, rule_id: int) -> RuleShown:
    return next(show_rule(one) for one in s.rulebook if one.rule.id == rule_id)


def _state(rule: RuleShown) -> str:
    if not rule.understood:
        return "?"
    return "on" if rule.enabled else "off"


def _told(rule: RuleShown) -> str:
    """Return what a rule says and does, or that it was not understood."""
    if not rule.understood:
        return f"{rule.sentence} (not understood)"
    return f"{rule.understood}. {rule.complaint or rule.effect}"
