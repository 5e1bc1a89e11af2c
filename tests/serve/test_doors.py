"""The served pages and the review page, asked as any program on this machine or any other page could ask."""

import http.client
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from tests.emit.made_run import small_run

pytest.importorskip("uvicorn", reason="the serve extra is not installed")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, str]]:
    """A served run: its port, and the path with the token that opens it."""
    import asyncio
    import os

    from pipeline.serve import app

    run = small_run(tmp_path_factory.mktemp("doors") / "run")
    read, write = os.pipe()
    child = os.fork()
    if child == 0:  # a process of its own, as the command is: uvicorn wants the main thread
        os.close(read)
        asyncio.set_event_loop(asyncio.new_event_loop())
        app.serve(run, [], 0, lambda line: os.write(write, line.encode()) and None)
        os._exit(0)
    os.close(write)
    try:
        line = os.read(read, 4096).decode()
        url = next(word for word in line.split() if word.startswith("http://"))
        host, _, rest = url.removeprefix("http://").partition("/")
        assert host.startswith("127.0.0.1:")
        port = int(host.partition(":")[2])
        end = time.monotonic() + 30
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port, "/" + rest
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Send one request as it stands, and return what comes back."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {k.lower(): v for k, v in answer.getheaders()}, body


def cookie(address: tuple[int, str]) -> str:
    """Come in by the printed address and return the cookie."""
    status, headers, _ = ask(address[0], address[1])
    assert status == 303 and "HttpOnly" in headers["set-cookie"] and "strict" in headers["set-cookie"].lower()
    return headers["set-cookie"].partition(";")[0]


def test_nobody_without_the_token_or_from_elsewhere(address: tuple[int, str]) -> None:
    port, known = address[0], cookie(address)
    assert ask(port, "/api/start")[0] == 403
    assert ask(port, "/", Cookie="zhen_serve=wrong")[0] == 403
    assert ask(port, "/api/start", Cookie=known)[0] == 200
    for host in ("evil.example", f"evil.example:{port}", f"127.0.0.1.evil.example:{port}", "[::1]", ""):
        assert ask(port, "/api/start", Cookie=known, Host=host)[0] in (400, 403), host
    for origin in ("http://evil.example", "null", f"https://127.0.0.1:{port}"):
        assert ask(port, "/api/start", Cookie=known, Origin=origin)[0] == 403, origin


@pytest.mark.parametrize(
    "path",
    [
        "/../../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd", "//etc/passwd", "/api/../../etc/passwd",
        "/image/../../../etc/passwd/1", "/image/%2fetc%2fpasswd/1", "/api/page/..%2f..%2f/1", "/run.json", "/.zhen/", "/api/table/%00",
    ],
)  # fmt: skip
def test_no_file_is_reached_by_its_path(address: tuple[int, str], path: str) -> None:
    status, _, body = ask(address[0], path, Cookie=cookie(address))
    assert status in (303, 400, 404), path
    assert b"root:" not in body and b'"contract"' not in body


def test_what_writes_or_is_large_is_refused(address: tuple[int, str]) -> None:
    port, known = address[0], cookie(address)
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert ask(port, "/api/start", method, Cookie=known)[0] in (403, 404, 405), method
    assert ask(port, "/api/search?q=" + "x" * 100_000, Cookie=known)[0] in (400, 414, 431)
    assert ask(port, "/api/start", Cookie=known, **{"Content-Length": "999999999"})[0] == 413
    assert ask(port, "/api/start", Cookie=known)[0] == 200  # and it goes on


def test_the_policy_forbids_scripts_of_others(address: tuple[int, str]) -> None:
    _, headers, body = ask(address[0], "/", Cookie=cookie(address))
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in headers
    assert b"onclick=" not in body.partition(b"<script")[0]


def test_it_listens_on_the_loopback_only(address: tuple[int, str]) -> None:
    name = socket.gethostname()
    try:
        others = {a[4][0] for a in socket.getaddrinfo(name, None, socket.AF_INET)} - {"127.0.0.1"}
    except OSError:
        others = set()
    for other in (str(o) for o in others if not str(o).startswith("127.")):
        with socket.socket() as probe:
            probe.settimeout(5)
            assert probe.connect_ex((other, address[0])) != 0, other


def test_slow_callers_do_not_keep_others_out(address: tuple[int, str]) -> None:
    port, known = address[0], cookie(address)
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(20)]
    for one in slow:
        one.sendall(b"GET / HTTP/1.1\r\nHost: 127")
    found: list[int] = []
    asking = threading.Thread(target=lambda: found.append(ask(port, "/api/start", Cookie=known)[0]))
    asking.start()
    asking.join(20)
    for one in slow:
        one.close()
    assert found == [200]
