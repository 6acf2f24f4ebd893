"""The server of a workshop in the making, and its end."""

import socket
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from secrets import token_urlsafe
from threading import Event, Thread

import uvicorn

from animate.errors import UsageError
from animate.scene.context import Trust
from animate.workshop.server import application
from animate.workshop.watching import watch
from animate.workshop.workshop import Workshop

_HERE = "127.0.0.1"
_BITS = 24
_PATIENCE = 0.5
"""Seconds in which the server may come to its end."""


def serve(
    scenes: Sequence[Path],
    settings: tuple[str, ...],
    trust: Trust,
    port: int,
    tell: Callable[[str], None],
) -> None:
    """Serve the page, and `tell` its address once it answers, until an interruption is raised.

    The server runs in a thread of its own: what ends this one ends the program, whatever
    connections are open. Raises UsageError where the port is taken.
    """
    token, over = token_urlsafe(_BITS), Event()
    with closing(_listening(port)) as place:
        port = place.getsockname()[1]
        with closing(Workshop(scenes, settings, trust)) as workshop:
            app = application(workshop, token, port)
            config = uvicorn.Config(app, log_level="critical", lifespan="off", access_log=False)
            server = uvicorn.Server(config)
            thread = Thread(target=_run, args=(server, place, over), daemon=True)
            thread.start()
            tell(f"http://{_HERE}:{port}/{token}/")
            try:
                watch(workshop, over)
            finally:
                over.set()
                server.should_exit = server.force_exit = True
                thread.join(_PATIENCE)


def _run(server: uvicorn.Server, place: socket.socket, over: Event) -> None:
    """Answer until it is over: what is still open is then cut off, and may fail in any way."""
    try:
        server.run([place])
    except Exception:
        if not over.is_set():
            raise


def _listening(port: int) -> socket.socket:
    """A socket of this machine alone. Raises UsageError."""
    place = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        place.bind((_HERE, port))
    except OSError as error:
        place.close()
        raise UsageError(f"--port {port}: {error.strerror}; leave it out for a free one") from None
    place.listen()
    return place
