"""An evaluation as people read it: one table a set, a column for each who was measured."""

from collections.abc import Callable, Mapping
from typing import Any

from dayloom.cli.output import BAD, FAINT, GOOD, LOUD, console, line, table

Reports = Mapping[str, Mapping[str, Any]]
SETS = {
    "task": "Reading a task",
    "chat": "Commands in a conversation",
    "context": "Rules in the context",
    "plan": "Plans from end to end",
}
FIGURES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "harm": lambda report: str(report["harm"]),
    "hard rules broken": lambda report: str(report["violations"]),
    "other plan for the same input": lambda report: str(report["unsteady"]),
    "wishes for a time met": lambda report: _share(report["preferred"]),
    "moved by one more task": lambda report: _share(report["moved"]),
    "calls": lambda report: str(report["calls"]["asked"]),
    "answers of the asked form": lambda report: _of_calls(report, "whole"),
    "at the first try": lambda report: _of_calls(report, "at_once"),
    "copied words that are copies": lambda report: _share(report["calls"]["copied"]),
    "tokens in, out": lambda report: _tokens(report["calls"]),
    "cost in US dollars": lambda report: f"{report['calls']['cost']:.4f}",
    "milliseconds, median and p95": lambda report: _times(report["calls"]),
}


def print_report(reports: Reports) -> None:
    """Print what was measured, and whether it is as it must be."""
    for name, title in SETS.items():
        _print_set(reports, name, title)
    _print_figures(reports)
    harm = sum(report["harm"] for report in reports.values())
    broken = sum(report["violations"] for report in reports.values())
    console().print()
    if harm or broken:
        console().print(line((f"Harm {harm}, hard rules broken {broken}: both must be 0.", BAD)))
    else:
        console().print(line(("No harm, and no hard rule broken.", GOOD)))


def _print_set(reports: Reports, name: str, title: str) -> None:
    measured = {who: r["layers"][name] for who, r in reports.items() if name in r["layers"]}
    if not measured:
        return
    rows = table(title, *measured)
    fields = dict.fromkeys(field for layer in measured.values() for field in layer["fields"])
    for field in fields:
        rows.add_row(field, *(_field(layer["fields"].get(field)) for layer in measured.values()))
    rows.add_row(
        line(("all of it right", LOUD)),
        *(_beside_rules(layer["whole"]) for layer in measured.values()),
    )
    console().print(rows)
    console().print()


def _print_figures(reports: Reports) -> None:
    asked = any(report["calls"]["asked"] for report in reports.values())
    rows = table("In all", *reports)
    for index, (name, say) in enumerate(FIGURES.items()):
        if asked or index < list(FIGURES).index("calls"):
            rows.add_row(name, *(say(report) for report in reports.values()))
    console().print(rows)
    for who, report in reports.items():
        for failure, count in report["calls"]["failures"].items():
            console().print(line((f"{who}: {failure} × {count}", FAINT)))


def _field(field: Mapping[str, int] | None) -> str:
    if field is None:
        return "–"
    made_up = f", {field['made_up']} made up" if field["made_up"] else ""
    return f"{_beside_rules(field)}{made_up}"


def _beside_rules(share: Mapping[str, int]) -> str:
    """Return how much is right, and how much of the same was by rules alone if that differs."""
    differs = share["by_rules"] != share["hit"]
    return f"{_share(share)} (rules {share['by_rules']})" if differs else _share(share)


def _share(share: Mapping[str, int]) -> str:
    return f"{share['hit']}/{share['of']}" if share["of"] else "–"


def _of_calls(report: Mapping[str, Any], name: str) -> str:
    calls = report["calls"]
    return _share({"hit": calls[name], "of": calls["asked"]})


def _tokens(calls: Mapping[str, Any]) -> str:
    return f"{calls['tokens_in']:,}, {calls['tokens_out']:,}"


def _times(calls: Mapping[str, Any]) -> str:
    return "–" if calls["p50_ms"] is None else f"{calls['p50_ms']:,}, {calls['p95_ms']:,}"
