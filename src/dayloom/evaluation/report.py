"""All verdicts together: the numbers that tables show and ratchets hold."""

from collections.abc import Iterable, Sequence
from statistics import median
from typing import Any

from dayloom.evaluation.found import Share
from dayloom.evaluation.judging import Verdict

Json = dict[str, Any]


def report(verdicts: Sequence[Verdict]) -> Json:
    """Return what was measured, as plain JSON. Counts only: rates are for those who read."""
    layers = dict.fromkeys(verdict.layer for verdict in verdicts)
    return {
        "scenarios": len(verdicts),
        "layers": {name: _layer([v for v in verdicts if v.layer == name]) for name in layers},
        "harm": sum(len(verdict.harm) for verdict in verdicts),
        "violations": sum(len(verdict.violations) for verdict in verdicts),
        "preferred": _sum(verdict.preferred for verdict in verdicts),
        "moved": _sum(verdict.moved for verdict in verdicts),
        "unsteady": sum(not verdict.steady for verdict in verdicts),
        "calls": _calls(verdicts),
    }


def _layer(verdicts: Sequence[Verdict]) -> Json:
    names = dict.fromkeys(name for verdict in verdicts for name in verdict.fields)
    return {
        "whole": {
            "hit": sum(_is_whole(v, "right") for v in verdicts),
            "by_rules": sum(_is_whole(v, "by_rules") for v in verdicts),
            "of": len(verdicts),
        },
        "score": round(sum(v.score for v in verdicts) / len(verdicts), 3),
        "fields": {name: _field(verdicts, name) for name in names},
    }


def _is_whole(verdict: Verdict, how: str) -> bool:
    return all(field[how] for field in verdict.fields.values())


def _field(verdicts: Sequence[Verdict], name: str) -> Json:
    """Count where it was said, who found that out, and where it was made up."""
    judged = [verdict.fields[name] for verdict in verdicts if name in verdict.fields]
    said = [field for field in judged if field["wanted"]]
    return {
        "hit": sum(field["right"] for field in said),
        "by_rules": sum(field["by_rules"] for field in said),
        "of": len(said),
        "made_up": sum(not f["wanted"] and not f["right"] and f["found"] for f in judged),
    }


def _sum(shares: Iterable[Share]) -> Json:
    counted = list(shares)
    return {"hit": sum(s.hit for s in counted), "of": sum(s.of for s in counted)}


def _calls(verdicts: Sequence[Verdict]) -> Json:
    calls = [verdict.calls for verdict in verdicts]
    took = sorted(ms for call in calls for ms in call.took_ms)
    failures = [failure for call in calls for failure in call.failures]
    return {
        "asked": sum(call.asked for call in calls),
        "whole": sum(call.whole for call in calls),
        "at_once": sum(call.at_once for call in calls),
        "failures": {name: failures.count(name) for name in sorted(set(failures))},
        "copied": _sum(call.copied for call in calls),
        "tokens_in": sum(call.tokens_in for call in calls),
        "tokens_out": sum(call.tokens_out for call in calls),
        "cost": round(sum(call.cost for call in calls), 6),
        "p50_ms": round(median(took)) if took else None,
        "p95_ms": took[len(took) * 95 // 100] if took else None,
    }
