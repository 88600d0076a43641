"""`dayloom serve`: the web process, and beside it one worker that lives as long as it does."""

import asyncio
import gc
import logging
import signal
import socket

from dayloom.asgi import make_app
from dayloom.bootstrap import bootstrap
from dayloom.infra.errors import Unavailable
from dayloom.infra.logging import set_up_logging
from dayloom.infra.settings import Settings
from dayloom.infra.supervision import keep_running
from dayloom.infra.web_server import WebServer, listen, require_loopback

WORKER = "dayloom.worker"
log = logging.getLogger(__name__)


def serve(settings: Settings, *, web_only: bool = False) -> None:
    """Serve until SIGTERM or SIGINT. Raises a `DayloomError` where it cannot begin."""
    set_up_logging(settings.log_format)
    require_loopback(settings.host)
    with listen(settings.host, settings.port) as opened:
        container = bootstrap(settings)
        log.info("serving http://%s:%s", settings.host, settings.port)
        try:
            app = make_app(container)
            server = WebServer(app, end_streams=app.state.hub.end_streams)
            gc.freeze()  # what lives as long as the process need not be searched for garbage
            with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
                runner.run(_serve(server, opened, web_only=web_only))
        finally:
            container.db.close()
        log.info("stopped")


async def _serve(server: WebServer, opened: socket.socket, *, web_only: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def end() -> None:
        if not stop.is_set():
            log.info("stopping: what is under way is finished first")
        stop.set()
        server.end()

    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, end)
    worker = None if web_only else asyncio.create_task(keep_running(WORKER, stop))
    try:
        await server.serve(sockets=[opened])
    finally:
        stop.set()
        if worker is not None:
            await worker
    if not server.started:
        raise Unavailable("The web server could not start; the log says why.")
