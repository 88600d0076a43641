"""The whole of `/api/v1`."""

from fastapi import APIRouter

from dayloom.api import (
    background,
    calendars,
    certificates,
    changes,
    chat,
    diagnoses,
    executions,
    hour_maps,
    insights,
    model,
    plans,
    preferences,
    prices,
    reading,
    rules,
    scenarios,
    series,
    task_states,
    tasks,
    understanding,
)
from dayloom.api.problems import documented

router = APIRouter(prefix="/api/v1", responses=documented(400, 403, 413, 415, 421, 422, 503))

for module in (
    understanding,
    tasks,
    task_states,
    prices,
    diagnoses,
    series,
    reading,
    plans,
    certificates,
    changes,
    insights,
    scenarios,
    chat,
    calendars,
    preferences,
    rules,
    hour_maps,
    model,
    executions,
    background,
):
    router.include_router(module.router)
