"""The conversation: what is said is sent here, and what an answer offers is decided here."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dayloom.bootstrap import Container, Services
from dayloom.infra.errors import Invalid
from dayloom.web.access import LARGEST_ID, ContainerDep, PathId, by_htmx
from dayloom.web.answers import CHANGED, Action, done, refused
from dayloom.web.chat_page import view_chat
from dayloom.web.rendering import render

router = APIRouter()
TALKED = ("chat:changed",)
REFUSED = 422


@router.get("/chat")
async def show_chat(request: Request, container: ContainerDep) -> Response:
    return await _page(request, container)


@router.post("/chat/send")
async def send(
    request: Request,
    container: ContainerDep,
    text: Annotated[str, Form()] = "",
    after: Annotated[int, Form(ge=0, le=LARGEST_ID)] = 0,
) -> Response:
    """Store what was said; `after` is the last message that the page showed."""
    try:
        await container.write(lambda s: s.chat.send(text, after=after))
    except Invalid as error:
        if by_htmx(request):
            return refused(request, str(error), status=REFUSED)
        return await _page(request, container, typed=text, complaint=str(error), status=REFUSED)
    return _talked(request, also=CHANGED)


@router.post("/chat/clear")
async def clear(request: Request, container: ContainerDep) -> Response:
    await container.write(lambda s: s.chat.clear())
    back = Action("Bring back", "/chat/restoration")
    return _or_chat(request, done(request, "Conversation cleared", action=back, changed=TALKED))


@router.post("/chat/restoration")
async def restore(request: Request, container: ContainerDep) -> Response:
    await container.write(lambda s: s.chat.restore())
    return _talked(request)


@router.post("/chat/messages/{message_id}/consent")
async def consent(message_id: PathId, request: Request, container: ContainerDep) -> Response:
    """Do what the answer offers, if it can still be done."""
    return await _decide(request, container, lambda s: s.chat.consent(message_id))


@router.post("/chat/messages/{message_id}/decline")
async def decline(message_id: PathId, request: Request, container: ContainerDep) -> Response:
    return await _decide(request, container, lambda s: s.chat.decline(message_id))


@router.post("/chat/messages/{message_id}/undo")
async def take_back(message_id: PathId, request: Request, container: ContainerDep) -> Response:
    return await _decide(request, container, lambda s: s.chat.undo(message_id))


@router.post("/chat/messages/{message_id}/retry")
async def retry(message_id: PathId, request: Request, container: ContainerDep) -> Response:
    """Ask once more for an answer that broke off."""
    return await _decide(request, container, lambda s: s.chat.retry(message_id))


async def _decide(
    request: Request, container: Container, unit: Callable[[Services], object]
) -> Response:
    await container.write(unit)
    return _talked(request, also=CHANGED)


def _talked(request: Request, *, also: tuple[str, ...] = ()) -> Response:
    return _or_chat(request, done(request, changed=(*TALKED, *also)))


def _or_chat(request: Request, answer: Response) -> Response:
    """Return the answer to htmx; a plain form goes back to the conversation."""
    return answer if by_htmx(request) else RedirectResponse("/chat", 303)


async def _page(
    request: Request,
    container: Container,
    *,
    typed: str = "",
    complaint: str = "",
    status: int = 200,
) -> Response:
    view = await container.read(lambda s: view_chat(s, typed=typed, complaint=complaint))
    template = "chat/messages.html" if by_htmx(request) else "chat/page.html"
    return render(request, template, status=status, page="chat", view=view)
