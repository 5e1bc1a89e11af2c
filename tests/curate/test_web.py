"""The review page: who is let in, what it shows and does; and the same in a real browser where there is one."""

import http.client
import re
import shutil
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.curate.decisions import read_decisions
from pipeline.curate.session import Session
from pipeline.curate.web import Server


@pytest.fixture
def server(session: Callable[..., Session], run: Path) -> Iterator[Server]:
    """The page over the small run, whose text tries to be markup."""
    pages = (run / "pages.jsonl").read_text(encoding="utf-8")
    (run / "pages.jsonl").write_text(
        pages.replace(
            "works with Chenguang AI.", "works with <script>alert(1)</script> Chenguang AI"
        ).replace("<b>x</b>", ""),
        encoding="utf-8",
    )
    with Server(session()) as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield made
        made.shutdown()
        thread.join()


class Browser:
    """A client with the cookie."""

    def __init__(self, server: Server, *, cookie: str | None = None) -> None:
        self.server = server
        self.cookie = f"zhen_review={server.token if cookie is None else cookie}"

    def ask(
        self, method: str, path: str, body: str | None = None, **headers: str
    ) -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=10)
        sent = {"Cookie": self.cookie, "Host": self.server.hosts[0]}
        if method == "POST":
            sent |= {
                "Origin": f"http://{self.server.hosts[0]}",
                "Content-Type": "application/x-www-form-urlencoded",
            }
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(
            method, path, body.encode() if body is not None else None, {k: v for k, v in sent.items() if v}
        )
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, dict(answer.getheaders()), text

    def decide(self, what: str, **fields: str | list[str]) -> str:
        candidate = self.server.session.current
        key = candidate.key if candidate is not None else ""
        values = {"form": self.server.form, "key": key, "do": what, **fields}
        status, headers, _ = self.ask("POST", "/decide", urllib.parse.urlencode(values, doseq=True))
        assert (status, headers["Location"]) == (303, "/")
        return self.ask("GET", "/")[2]


def test_it_listens_on_the_loopback_only(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_the_token_opens_the_page(server: Server) -> None:
    guest = Browser(server, cookie="")
    assert guest.ask("GET", "/")[0] == 403
    assert guest.ask("GET", "/?token=wrong")[0] == 403
    status, headers, _ = guest.ask("GET", server.url.split(str(server.server_port))[1])
    assert status == 303
    assert headers["Location"] == "/"
    assert "HttpOnly" in headers["Set-Cookie"]
    assert "SameSite=Strict" in headers["Set-Cookie"]
    assert Browser(server).ask("GET", "/")[0] == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost", "127.0.0.1:1"])
def test_another_host_is_refused(server: Server, host: str) -> None:
    assert Browser(server).ask("GET", "/", Host=host)[0] == 421
    assert Browser(server).ask("GET", "/keys.js", Host=host)[0] == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "", "https://127.0.0.1"])
def test_a_form_from_elsewhere_is_refused(server: Server, origin: str, folder: Path) -> None:
    body = urllib.parse.urlencode({"form": server.form, "key": server.session.queue[0].key, "do": "reject"})
    assert Browser(server).ask("POST", "/decide", body, Origin=origin)[0] == 403
    assert read_decisions(folder) == []


def test_a_form_without_its_value_or_too_large_is_refused(server: Server, folder: Path) -> None:
    body = urllib.parse.urlencode({"form": "guess", "key": server.session.queue[0].key, "do": "reject"})
    assert Browser(server).ask("POST", "/decide", body)[0] == 403
    assert Browser(server).ask("POST", "/decide", "x", Content_Length=str((1 << 20) + 1))[0] == 413
    for length in ("²", "9" * 5000, "-1"):
        assert Browser(server).ask("POST", "/decide", "x", Content_Length=length)[0] == 413
    assert Browser(server).ask("POST", "/elsewhere", body)[0] == 404
    assert read_decisions(folder) == []


@pytest.mark.parametrize("path", ["/../cli.py", "/page.html", "/%2e%2e/cli.py"])
def test_nothing_else_is_served(server: Server, path: str) -> None:
    assert Browser(server).ask("GET", path)[0] == 404


def test_the_page_may_load_nothing_and_escapes_everything(server: Server) -> None:
    _, headers, text = Browser(server).ask("GET", "/")
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "<script>alert" not in text
    assert not re.search(r"<(?:script|style)>|\son\w+=|style=", text)
    assert "Chenguang AI" in text
    _, headers, _ = Browser(server).ask("GET", "/style.css")
    assert headers["Content-Type"].startswith("text/css")
    page = Browser(server).ask("GET", "/?" + urllib.parse.urlencode({"q": '"><script>alert(2)</script>'}))[2]
    assert "<script>alert" not in page


def test_decisions(server: Server, folder: Path) -> None:
    browser = Browser(server)
    candidate = server.session.queue[0]
    entry = "- id: chenguang\r\n  type: company\r\n  en: Chenguang AI\r\n  zh: 晨光智能\r\n"
    assert "choose the entry" in browser.decide("alias", name="晨光智能")
    assert "not valid YAML" in browser.decide("accept", entry="- [")
    page = browser.decide("accept", entry=entry, name=[n.text for n in candidate.names])
    assert "+- id: chenguang" in page
    assert "alias" not in browser.decide("undo", key=candidate.key).split("<main>")[0]
    browser.decide("not_here", document="b" * 16, name="晨光智能")
    browser.decide("alias", entity="government/ministry-of-science-and-technology", name="科技局")
    page = browser.decide("never", name="Shuoshi Robotics")
    assert "Nothing is left to decide." in page
    assert [d.what for d in read_decisions(folder)] == ["accept", "undo", "not_here", "alias", "never"]
    assert "科技局" in (folder / "ministries.yaml").read_text(encoding="utf-8")


def test_a_form_sent_twice_decides_once(server: Server, folder: Path) -> None:
    browser = Browser(server)
    key = server.session.queue[0].key
    browser.decide("reject", key=key)
    assert "decided already" in browser.decide("reject", key=key)
    assert "no longer in the queue" in browser.decide("reject", key="none")
    assert len(read_decisions(folder)) == 1


def test_in_a_browser(server: Server, folder: Path) -> None:
    webdriver = pytest.importorskip(
        "selenium.webdriver", reason="no selenium here: the browser test is skipped"
    )
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if program is None or driver is None:
        pytest.skip("no chromium with chromedriver here: the browser test is skipped")
    from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import WebDriverWait

    options = webdriver.ChromeOptions()
    options.binary_location = program
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    try:
        chrome.get(server.url)
        assert "token" not in chrome.current_url
        assert "New name company" in chrome.find_element(By.TAG_NAME, "h2").text
        assert "晨光智能" in [m.text for m in chrome.find_elements(By.TAG_NAME, "mark")]

        def told(status: str) -> None:
            # Each answer is a new page: an element found in the old one may be gone when its text is read.
            gone = (NoSuchElementException, StaleElementReferenceException)
            WebDriverWait(chrome, 20, ignored_exceptions=gone).until(
                lambda d: status in d.find_element(By.CSS_SELECTOR, "[role=status]").text
            )

        def press(key: str, status: str) -> None:
            chrome.find_element(By.TAG_NAME, "body").send_keys(key)
            told(status)

        press("a", "accept: Chenguang AI")
        assert "+- id: chenguang-ai" in chrome.find_element(By.CSS_SELECTOR, ".diff").text
        press("u", "Taken back: accept")
        box = chrome.find_element(By.ID, "entry")
        box.clear()
        box.send_keys("- id: cg\n  type: company\nen: Chenguang AI\n")
        chrome.find_element(By.CSS_SELECTOR, "[value=accept]").click()
        told("YAML")
        press("n", "not_here: Chenguang AI")
        press("r", "different: 科技局")
        press("v", "never: Shuoshi Robotics")
        assert "Nothing is left to decide." in chrome.find_element(By.TAG_NAME, "main").text
        serious = [
            e for e in chrome.get_log("browser") if e["level"] == "SEVERE" and "favicon" not in e["message"]
        ]
        assert serious == []
    finally:
        chrome.quit()
    assert [d.what for d in read_decisions(folder)] == ["accept", "undo", "not_here", "different", "never"]
