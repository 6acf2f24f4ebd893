"""The server of the page: one address of this machine, behind a token, for pages of its own."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from hmac import compare_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from animate.errors import UsageError
from animate.scene.given import is_mapping
from animate.theme import THEMES
from animate.workshop.edits import Edit, write
from animate.workshop.page import ASSETS, page
from animate.workshop.workshop import Workshop

_ALIVE = 15.0
"""Seconds after which a connection is told that it is one."""
_MOST_BYTES = 10_000
"""Of what a page sends."""
_DOWNLOADS = (".gif", ".mp4", ".webm", ".webp", ".apng", ".html", ".png", ".svg", ".pdf")
_SIDES = re.compile(r"(\d{2,4})x(\d{2,4})")
_HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; "
    "img-src data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; form-action 'none'; "
    "base-uri 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Refused(Exception):
    """A request that is not answered, with its status."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class Guard:
    """Lets through what comes from a page of this server alone.

    The token keeps other programs and people of the machine out, the Host another name for this
    address (DNS rebinding), the Origin pages of other servers.
    """

    def __init__(self, app: ASGIApp, token: str, hosts: frozenset[str]) -> None:
        self._app, self._token, self._hosts = app, token, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            return
        why = None if scope["type"] == "lifespan" else self._refused(Request(scope))
        if why is None:
            await self._app(scope, receive, send)
        else:
            await Response(f"{why}\n", 403, media_type="text/plain")(scope, receive, send)

    def _refused(self, request: Request) -> str | None:
        host, origin = request.headers.get("host", ""), request.headers.get("origin")
        if host not in self._hosts:
            return "another host than this one"
        if origin is not None and origin != f"http://{host}":
            return "a page of another origin"
        if request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return "a page of another site"
        given = request.url.path.split("/")[1]
        if not compare_digest(given.encode(), self._token.encode()):
            return "this address has no such token; open the one that animate watch has printed"
        return None


def application(workshop: Workshop, token: str, port: int) -> ASGIApp:
    """The server of a workshop, as an ASGI application."""
    hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
    answers: dict[str, tuple[str, Callable[[Request], Awaitable[Response]]]] = {
        "": ("GET", _page(workshop)),
        "events": ("GET", _events(workshop)),
        "picture": ("GET", _picture(workshop)),
        "loss": ("GET", _loss(workshop)),
        "file": ("GET", _file(workshop)),
        "look": ("POST", _look(workshop)),
        "edit": ("POST", _edit(workshop)),
        "{asset}": ("GET", _asset),
    }
    routes = [
        Route(f"/{token}/{path}", _answered(answer), methods=[method])
        for path, (method, answer) in answers.items()
    ]
    return Guard(Starlette(routes=routes), token, hosts)


def _answered(
    answer: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    async def answered(request: Request) -> Response:
        try:
            response = await answer(request)
        except Refused as error:
            response = JSONResponse({"why": str(error)}, error.status)
        except UsageError as error:
            response = JSONResponse({"why": str(error)}, 422)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return answered


def _scene(workshop: Workshop, request: Request) -> str:
    """The scene that is asked for: one of the list, and no other file."""
    name = request.query_params.get("scene", "")
    if name not in workshop.scenes():
        raise Refused(404, "there is no such scene in the list")
    return name


def _page(workshop: Workshop) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        wanted = request.headers.get("accept-language", "")
        text = page([*workshop.scenes()], wanted)
        return Response(text, media_type="text/html; charset=utf-8")

    return answer


async def _asset(request: Request) -> Response:
    name = request.path_params["asset"]
    if name not in ASSETS:
        raise Refused(404, "there is no such part of the page")
    kind, make = ASSETS[name]
    return Response(make(), media_type=kind)


def _events(workshop: Workshop) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        name = _scene(workshop, request)
        return StreamingResponse(_told(workshop, name), media_type="text/event-stream")

    return answer


async def _told(workshop: Workshop, name: str) -> AsyncIterator[str]:
    """The state of a scene, now and after every change."""
    loop, changed = asyncio.get_running_loop(), asyncio.Event()

    def hear() -> None:
        with suppress(RuntimeError):  # the loop has been closed meanwhile
            loop.call_soon_threadsafe(changed.set)

    leave = workshop.listen(hear)
    before = ""
    try:
        while True:
            changed.clear()
            state = json.dumps(await run_in_threadpool(workshop.state, name), ensure_ascii=False)
            if state != before:
                yield f"data: {state}\n\n"
                before = state
            try:
                await asyncio.wait_for(changed.wait(), _ALIVE)
            except TimeoutError:
                yield ": alive\n\n"
    finally:
        leave()


def _picture(workshop: Workshop) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        sheet = workshop.sheet(_scene(workshop, request))
        if sheet.picture is None:
            raise Refused(404, "there is no picture yet")
        tag = f'"{sheet.tag}"'
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        return Response(sheet.picture, media_type="application/octet-stream", headers={"ETag": tag})

    return answer


def _loss(workshop: Workshop) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        name = _scene(workshop, request)
        x, y = (_number(request.query_params.get(each)) for each in "xy")
        return JSONResponse({"loss": await run_in_threadpool(workshop.loss, name, x, y)})

    return answer


def _number(text: str | None) -> float:
    try:
        number = float(text or "")
    except ValueError:
        number = float("nan")
    if not abs(number) <= 1e300:
        raise Refused(422, "x and y are numbers")
    return number


def _file(workshop: Workshop) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        name, ending = _scene(workshop, request), request.query_params.get("format", "")
        if ending not in _DOWNLOADS:
            raise Refused(422, f"the format is one of {', '.join(_DOWNLOADS)}")
        folder = TemporaryDirectory(prefix="animate")
        written = await run_in_threadpool(workshop.save, name, ending, Path(folder.name))
        if not isinstance(written.value, str):
            folder.cleanup()
            raise Refused(422, "\n".join(each.text for each in written.slips))
        path = Path(written.value)
        done = BackgroundTask(folder.cleanup)
        return FileResponse(path, filename=path.name, background=done)

    return answer


async def _sent(request: Request) -> dict[str, Any]:
    """The JSON mapping that a page sends."""
    if request.headers.get("content-type") != "application/json":
        raise Refused(415, "this takes JSON")
    text = b""
    async for piece in request.stream():
        text += piece
        if len(text) > _MOST_BYTES:
            raise Refused(413, "that is too long")
    with suppress(ValueError):
        if is_mapping(found := json.loads(text)):
            return {str(name): value for name, value in found.items()}
    raise Refused(422, "this takes a mapping in JSON")


def _look(workshop: Workshop) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        name, sent = _scene(workshop, request), await _sent(request)
        chosen: list[str] = []
        if size := sent.get("size"):
            if not (isinstance(size, str) and (found := _SIDES.fullmatch(size))):
                raise Refused(422, "the size is written 640x480")
            chosen.append(f"style.size=[{found[1]}, {found[2]}]")
        if theme := sent.get("theme"):
            if not isinstance(theme, str) or theme not in THEMES:
                raise Refused(422, f"the theme is one of {', '.join(THEMES)}")
            chosen.append(f"style.theme={theme}")
        await run_in_threadpool(workshop.look, name, tuple(chosen))
        return Response(status_code=204)

    return answer


def _edit(workshop: Workshop) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        name, sent = _scene(workshop, request), await _sent(request)
        edit = Edit.of(sent)
        await run_in_threadpool(write, workshop.scenes()[name], edit)
        return Response(status_code=204)

    return answer
