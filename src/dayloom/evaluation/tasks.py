"""A line is typed, perhaps with notes: what is understood of it?"""

from dayloom.accounts.changes import READING, REPLAN
from dayloom.evaluation.checking import broken_rules
from dayloom.evaluation.found import Found
from dayloom.evaluation.reading import told
from dayloom.evaluation.stage import Stage
from dayloom.plans.capture import CaptureService


async def read_task(stage: Stage) -> Found:
    """Add the line and let the model read it, if there is one."""
    scenario, zone = stage.scenario, stage.scenario.zone
    notes = scenario.given.get("notes", "")
    number = stage.write(lambda services: _add(services.capture, scenario.say, notes))
    await stage.settle(READING)
    calls = stage.executions()
    if calls:
        await stage.settle(REPLAN)  # what was read moves what lies already
    return Found(
        values=stage.read(lambda services: told(services.tasks.require(number), zone)),
        violations=broken_rules(stage),
        calls=calls,
    )


def _add(capture: CaptureService, line: str, notes: str) -> int:
    if not notes:
        return capture.add_lines(line).tasks[0].id
    said = capture.fields_of(capture.read(line)[0])
    return capture.add_fields({"notes": notes}, said=said).tasks[0].id
