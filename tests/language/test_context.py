from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from dayloom.language import ReadingContext


def test_now_must_be_aware() -> None:
    naive = datetime.fromisoformat("2026-11-25T10:00")

    with pytest.raises(ValueError, match="aware"):
        ReadingContext(now=naive, zone=ZoneInfo("Europe/Berlin"))
