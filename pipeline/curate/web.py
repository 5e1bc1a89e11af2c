"""``zhen gazetteer review --web``: the queue as a page for a browser on this machine.

Only the loopback address is served. Whoever opens the page needs the token of the address that is
printed (a cookie after that); ``Host`` must be this server's, so that no other site's name can be made
to point here, and a form must come from this page (``Origin``, and a value that only it knows).
Document text is untrusted: everything is escaped, and the page may load nothing from elsewhere.
"""

import hmac
import http.cookies
import secrets
import threading
import urllib.parse
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources

from pipeline.curate.edits import DecisionError
from pipeline.curate.session import Session
from pipeline.curate.webpage import decide, page
from pipeline.match.entries import GazetteerError

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
# no-referrer would make browsers send forms with the origin "null"
_HEADERS = {
    "Content-Security-Policy": _POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY", "Cache-Control": "no-store", "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}  # fmt: skip
_STATIC = {"/style.css": "text/css; charset=utf-8", "/keys.js": "text/javascript; charset=utf-8"}
_LARGEST = 1 << 20
"""Bytes of a form."""
_COOKIE = "zhen_review"


class Server(ThreadingHTTPServer):
    """The page's server, on the loopback address.

    Args:
        session: the queue; one request at a time works on it.
        port: 0 for any free one.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, session: Session, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.session = session
        self.token = secrets.token_urlsafe(32)
        self.form = secrets.token_urlsafe(32)
        self.lock = threading.Lock()
        self.message: tuple[str, str, list[dict[str, str]]] = ("", "", [])

    @property
    def hosts(self) -> tuple[str, ...]:
        """The values of ``Host`` that are this server's."""
        return f"127.0.0.1:{self.server_port}", f"localhost:{self.server_port}"

    @property
    def url(self) -> str:
        """The address to open, with the token."""
        return f"http://127.0.0.1:{self.server_port}/?token={self.token}"


class _Handler(BaseHTTPRequestHandler):
    server: Server
    server_version = "zhen"
    sys_version = ""
    timeout = 30

    def log_message(self, format: str, *args: object) -> None:
        """Keep the terminal clean."""

    def do_GET(self) -> None:
        """Answer with the page, or one of its two files."""
        if not self._host_fits():
            return
        path, _, query = self.path.partition("?")
        values = urllib.parse.parse_qs(query)
        if path in _STATIC:
            self._send(
                200, resources.files("pipeline.curate").joinpath("web", path[1:]).read_bytes(), _STATIC[path]
            )
        elif path != "/":
            self._refuse(404, "There is no such page.")
        elif "token" in values:
            if not hmac.compare_digest(values["token"][0].encode(), self.server.token.encode()):
                self._refuse(403, "The token is wrong: open the address that the terminal shows.")
                return
            self._redirect(
                {"Set-Cookie": f"{_COOKIE}={self.server.token}; Path=/; HttpOnly; SameSite=Strict"}
            )
        elif self._known():
            with self.server.lock:
                text = page(
                    self.server.session, self.server.form, values.get("q", [""])[0], *self.server.message
                )
                self.server.message = ("", "", [])
            self._send(200, text.encode(), "text/html; charset=utf-8")

    def do_POST(self) -> None:
        """Carry out a decision and show the page again."""
        if not (self._host_fits() and self._known()):
            return
        origin = self.headers.get("Origin")
        if origin not in {f"http://{host}" for host in self.server.hosts}:
            self._refuse(403, "The form comes from another page.")
            return
        if self.path != "/decide":
            self._refuse(404, "There is no such page.")
            return
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or len(length) > 9 or int(length) > _LARGEST:  # "²" is a digit, too
            self._refuse(413, "The form is too large.")
            return
        body = self.rfile.read(int(length)).decode("utf-8", "replace")
        values = urllib.parse.parse_qs(body, keep_blank_values=True)
        if not hmac.compare_digest(values.get("form", [""])[0].encode(), self.server.form.encode()):
            self._refuse(403, "The form is of an earlier review: reload the page.")
            return
        with self.server.lock:
            try:
                self.server.message = decide(self.server.session, values)
            except (DecisionError, GazetteerError) as problem:
                self.server.message = (str(problem), "error", [])
        self._redirect({})

    def _host_fits(self) -> bool:
        if self.headers.get("Host") in self.server.hosts:
            return True
        self._refuse(421, "This address is not served here.")
        return False

    def _known(self) -> bool:
        cookies = http.cookies.SimpleCookie()
        try:
            cookies.load(self.headers.get("Cookie", ""))
        except http.cookies.CookieError:
            cookies = http.cookies.SimpleCookie()
        given = cookies[_COOKIE].value if _COOKIE in cookies else ""
        if hmac.compare_digest(given.encode(), self.server.token.encode()):
            return True
        self._refuse(403, "Open the address that the terminal shows; it holds the token.")
        return False

    def _refuse(self, status: int, line: str) -> None:
        self.close_connection = True
        self._send(status, f"{line}\n".encode(), "text/plain; charset=utf-8")

    def _redirect(self, headers: Mapping[str, str]) -> None:
        self._send(303, b"", "text/plain; charset=utf-8", {"Location": "/", **headers})

    def _send(self, status: int, body: bytes, kind: str, more: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {
            **_HEADERS,
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            **(more or {}),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def serve(session: Session, *, port: int, tell: Callable[[str], None]) -> None:
    """Serve the queue until Ctrl-C.

    Args:
        session: the queue.
        port: 0 for any free one.
        tell: given the address to open.

    Raises:
        DecisionError: the port is taken.
    """
    try:
        server = Server(session, port)
    except OSError as problem:
        raise DecisionError(f"port {port}: {problem.strerror}") from None
    with server:
        tell(server.url)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return
