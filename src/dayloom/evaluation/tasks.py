"""A line is typed: what is understood of it?"""

from dayloom.accounts.changes import READING, REPLAN
from dayloom.evaluation.checking import broken_rules
from dayloom.evaluation.found import Found
from dayloom.evaluation.reading import told
from dayloom.evaluation.stage import Stage


async def read_task(stage: Stage) -> Found:
    """Add the line and let the model read it, if there is one."""
    said, zone = stage.scenario.say, stage.scenario.zone
    number = stage.write(lambda services: services.capture.add_lines(said).tasks[0].id)
    await stage.settle(READING)
    calls = stage.executions()
    if calls:
        await stage.settle(REPLAN)  # what was read moves what lies already
    return Found(
        values=stage.read(lambda services: told(services.tasks.require(number), zone)),
        violations=broken_rules(stage),
        calls=calls,
    )
