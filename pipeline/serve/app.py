"""The served pages: on the loopback address only, for whoever has the token of the address that is printed."""

import hashlib
import hmac
import re
import secrets
import socket
import threading
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from pipeline.emit.loaded import Loaded
from pipeline.emit.report_html import served_page
from pipeline.emit.report_images import kind_of, page_images
from pipeline.serve.answers import Answers
from pipeline.serve.database import served_database

_COOKIE = "zhen_serve"
_IMAGE = 400_000
_HEADERS = {
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
    "Cache-Control": "no-store", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
}  # fmt: skip
_MOST_HITS = 1000
_LONGEST = 8000
"""Bytes of an address."""
_HOST = re.compile(r"(127\.0\.0\.1|localhost)(:[0-9]{1,5})?")
_CLOSED = "open the address that zhen serve printed"


class Served:
    """A run and what is asked of it.

    Args:
        run: a folder that ``zhen ingest`` wrote.
        inputs: folders in which the run's documents lie, for page images.
        token: the secret of the address.
    """

    def __init__(self, run: Path, inputs: list[Path], token: str) -> None:
        self.answers = Answers(served_database(run))
        self.token = token
        self.documents = Loaded(run).documents
        self.inputs = [*inputs, Path(), run.parent]
        self._images: dict[str, bytes] = {}

    def allowed(self, request: Request) -> bool:
        """Say whether a request names this machine and has the token."""
        host = request.headers.get("host", "")
        if not _HOST.fullmatch(host) or request.headers.get("origin", f"http://{host}") != f"http://{host}":
            return False
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if request.url.path == "/" and "token" in request.query_params:
            given = request.query_params["token"]
        given = given or request.cookies.get(_COOKIE, "")
        return hmac.compare_digest(given.encode(), self.token.encode())

    def file(self, key: str) -> Path | None:
        """Return where a document lies, if it still has the bytes that were read."""
        document = self.documents.get(key)
        if document is None:
            return None
        for root in self.inputs:
            path = root / document.path
            try:
                with open(path, "rb") as file:
                    if hashlib.file_digest(file, "sha256").hexdigest() == document.sha256:
                        return path
            except OSError:
                continue
        return None

    def image(self, key: str, number: int) -> bytes | None:
        """Return a drawn page."""
        import base64

        name = f"{key}:{number}"
        if name not in self._images:
            path = self.file(key)
            if path is None or self.documents[key].media_type != "application/pdf":
                return None
            drawn = page_images({key: [(number, 0)]}, {key: path}, _IMAGE)
            if name not in drawn:
                return None
            if len(self._images) > 200:
                self._images.clear()
            self._images[name] = base64.b64decode(drawn[name].split(",", 1)[1])
        return self._images[name]


def application(run: Path, inputs: list[Path], token: str) -> Starlette:
    """Return the application for a run."""
    served = Served(run, inputs, token)
    ask = served.answers
    page, policy = served_page()
    lock = threading.Lock()

    async def home(request: Request) -> Response:
        if "token" in request.query_params:
            response = RedirectResponse("/", 303)
            response.set_cookie(_COOKIE, token, httponly=True, samesite="strict")
            return response
        return Response(page, media_type="text/html", headers={"Content-Security-Policy": policy})

    async def image(request: Request) -> Response:
        drawn = await run_in_threadpool(
            served.image, request.path_params["key"], request.path_params["number"]
        )
        return Response(drawn, media_type=kind_of(drawn)) if drawn else PlainTextResponse("no image", 404)

    def moved(request: Request) -> Response:
        """Plain addresses for other programs: an entity, a mention, a page."""
        return RedirectResponse("/#" + request.url.path, 303)

    def api(path: str, answer: Callable[[Mapping[str, Any], Mapping[str, str]], Any]) -> Route:
        async def endpoint(request: Request) -> Response:
            found = await run_in_threadpool(alone, answer, request.path_params, request.query_params)
            return JSONResponse(found) if found is not None else JSONResponse(None, 404)

        return Route(f"/api/{path}", endpoint)

    def alone(answer: Callable[..., Any], path: Mapping[str, Any], query: Mapping[str, str]) -> Any:
        with lock:  # one connection, one question at a time
            return answer(path, query)

    def got(q: Mapping[str, str], name: str) -> str:
        return q.get(name, "")

    routes = [
        Route("/", home),
        Route("/image/{key}/{number:int}", image),
        *(Route(f"/{kind}/{{rest:path}}", moved) for kind in ("entity", "document", "table", "relation")),
        api("start", lambda p, q: ask.start()),
        api("documents", lambda p, q: ask.documents()),
        api(
            "entities",
            lambda p, q: ask.entities(
                got(q, "text"), got(q, "type"), got(q, "document"), whole=bool(got(q, "whole"))
            ),
        ),
        api("entity/{key:path}", lambda p, q: ask.entity(p["key"])),
        api("brief/{key:path}", lambda p, q: ask.brief(p["key"])),
        api("page/{key}/{number:int}", lambda p, q: ask.page(p["key"], p["number"])),
        api(
            "relations",
            lambda p, q: ask.relations(
                got(q, "type"),
                got(q, "entity"),
                got(q, "document"),
                got(q, "id"),
                whole=bool(got(q, "whole")),
            ),
        ),
        api("tables", lambda p, q: ask.tables(got(q, "id"))),
        api("links", lambda p, q: ask.links(got(q, "mode"))),
        api("search", lambda p, q: ask.search(got(q, "q"), _MOST_HITS)),
    ]

    async def guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        if not served.allowed(request):
            response: Response = PlainTextResponse(_CLOSED, 403)
        elif len(request.scope.get("raw_path", b"")) + len(request.scope["query_string"]) > _LONGEST:
            response = PlainTextResponse("the address is too long", 414)
        elif request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers:
            response = PlainTextResponse("nothing is taken in here", 413)
        else:
            response = await call_next(request)
        response.headers.update(_HEADERS)
        return response

    def nonsense(request: Request, problem: Exception) -> Response:
        return PlainTextResponse("no such number", 404)  # one of thousands of digits

    return Starlette(
        routes=routes,
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=guard)],
        exception_handlers={ValueError: nonsense, OverflowError: nonsense},
    )


def serve(run: Path, inputs: list[Path], port: int, ready: Callable[[str], None]) -> None:
    """Serve a run until interrupted.

    Args:
        run: a folder that ``zhen ingest`` wrote.
        inputs: folders in which its documents lie.
        port: 0 for any free one.
        ready: told the address to open.

    Raises:
        OSError: the port is taken.
    """
    import uvicorn

    token = secrets.token_urlsafe(32)
    app = application(run, inputs, token)
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen()  # whoever follows the address before the server runs has to wait, and is not refused
    ready(f"http://127.0.0.1:{listener.getsockname()[1]}/?token={token}")
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False))
    server.run(sockets=[listener])
