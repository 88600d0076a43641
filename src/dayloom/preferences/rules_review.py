"""Saying on each rule what speaks against it, whenever rules or hours have changed."""

from dayloom.preferences.models import PlanRule
from dayloom.preferences.repository import PreferencesRepository
from dayloom.preferences.rules_complaints import complaints
from dayloom.preferences.ruling import Ruling


def review(rows: PreferencesRepository) -> None:
    rules = rows.rules.all()
    found = complaints(Ruling.of(rules), rows.hour_maps())
    for rule in rules:
        _say(rule, found.get(rule.id, ""))
    rows.flush()


def _say(rule: PlanRule, sentence: str) -> None:
    if rule.complaint != sentence:
        rule.complaint = sentence
