"""Somebody who uses the settings page, with htmx and without."""

import json
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from starlette.testclient import TestClient

from dayloom.asgi import make_app
from dayloom.bootstrap import Container, Services
from dayloom.calendars.models import Event
from tests.conftest import Desk

HERE = "http://127.0.0.1:8081"
Answer = Any


class Visitor:
    """Sends forms as a page does: by htmx, or plainly with a redirect to follow."""

    def __init__(self, container: Container) -> None:
        self.client = TestClient(make_app(container), base_url=HERE)

    def look(self, path: str = "/settings", **headers: str) -> str:
        response = self.client.get(path, headers=headers)
        assert response.status_code == 200
        return response.text

    def part(self, path: str) -> str:
        """Return what a region pulls."""
        return self.look(path, **{"HX-Request": "true"})

    def send(self, path: str, data: dict[str, Any], *, status: int = 204, **more: Any) -> Answer:
        response = self.client.post(path, data=data, headers={"HX-Request": "true"}, **more)
        assert response.status_code == status, response.text
        return response

    def send_plainly(self, path: str, data: dict[str, Any], *, status: int = 303) -> Answer:
        headers = {"Referer": f"{HERE}/settings", "Accept": "text/html"}
        response = self.client.post(path, data=data, headers=headers, follow_redirects=False)
        assert response.status_code == status, response.text
        return response

    def undo(self, answer: Answer) -> None:
        """Press the button of the toast that came with an answer."""
        action = toast(answer)["action"]
        assert action["label"] in ("Undo", "Bring back")
        self.send(quote(action["url"]), action.get("values", {}))


def toast(answer: Answer) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(answer.headers["HX-Trigger"])["app:toast"]
    return told


def put_event(desk: Desk, summary: str, start: datetime) -> None:
    """Let an event of an hour stand in a calendar."""

    def put(s: Services) -> None:
        calendar = s.calendars.add_url(summary, f"https://example.com/{summary}")
        event = Event(
            account_id=calendar.account_id,
            calendar_id=calendar.id,
            key=summary,
            uid=summary,
            start=start,
            end=start + timedelta(hours=1),
            summary=summary,
            busy=True,
        )
        s.session.add(event)

    desk.write(put)
