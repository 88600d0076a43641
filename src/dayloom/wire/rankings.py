"""Who reads and who ranks the tasks."""

from dayloom.wire.scalars import Shown


class RankingShown(Shown):
    """Who ranks: your model, or without one the dates of the tasks."""

    by_model: bool


class ReadingsShown(Shown):
    """How many open tasks your model is about to read."""

    tasks: int
