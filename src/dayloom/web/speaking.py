"""Every page in the language of whoever reads it."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dayloom.bootstrap import Container
from dayloom.i18n.language import Language, choose_language, speaking

ENGLISH_ONLY = ("/api/", "/static/", "/health/", "/openapi.json", "/live")


class Speaking:
    """Speaks the language that the person has chosen, else the one that the browser asks for."""

    def __init__(self, app: ASGIApp, *, container: Container) -> None:
        self._app = app
        self._container = container

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(ENGLISH_ONLY):
            await self._app(scope, receive, send)
            return
        language = await self._language(Headers(scope=scope).get("accept-language", ""))

        async def send_spoken(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.add_vary_header("Accept-Language")
                headers["content-language"] = language.tag
            await send(message)

        with speaking(language):
            await self._app(scope, receive, send_spoken)

    async def _language(self, accepted: str) -> Language:
        choice = await self._container.read(lambda s: s.preferences.require().language)
        return choose_language(choice, accepted)
