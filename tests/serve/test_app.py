"""The served pages: who is let in, and answers that agree with the records."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.emit.loaded import Loaded
from tests.emit.made_run import HOSTILE, small_run

testclient = pytest.importorskip("starlette.testclient", reason="the serve extra is not installed")
TOKEN = "secret"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small run."""
    return small_run(tmp_path_factory.mktemp("serve") / "run")


@pytest.fixture(scope="module")
def client(run: Path) -> Iterator[Any]:
    """A client that has come in with the token."""
    from pipeline.serve.app import application

    with testclient.TestClient(application(run, [], TOKEN), base_url="http://127.0.0.1:1") as found:
        assert found.get(f"/?token={TOKEN}").status_code == 200
        yield found


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?token=wrong",
        "/api/start",
        "/api/search?q=a",
        "/image/x/1",
        "/nothing",
        "/entity/company/megvii",
    ],
)
def test_nobody_without_the_token(run: Path, path: str) -> None:
    from pipeline.serve.app import application

    stranger = testclient.TestClient(application(run, [], TOKEN), base_url="http://127.0.0.1:1")
    assert stranger.get(path).status_code == 403


def test_no_other_host(client: Any) -> None:
    assert client.get("/api/start", headers={"host": "evil.example"}).status_code == 403
    assert client.get(f"/?token={TOKEN}", headers={"host": "evil.example:80"}).status_code == 403
    assert client.get("/api/start", headers={"host": "127.0.0.1:1@evil.example"}).status_code == 403


def test_no_other_origin(client: Any) -> None:
    assert client.get("/api/start", headers={"origin": "http://evil.example"}).status_code == 403
    assert client.get("/api/start", headers={"origin": "http://127.0.0.1:1"}).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/search?q=%00%00%00", 200), ("/api/search?q=a%00%22b", 200), (f"/api/page/x/{'9' * 5000}", 404),
        (f"/image/x/{'9' * 30}", 404), ("/..%2f..%2fetc/passwd", 404), ("/image/..%2f..%2fetc%2fpasswd/1", 404),
    ],
)  # fmt: skip
def test_nonsense_is_answered(client: Any, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_headers(client: Any) -> None:
    answer = client.get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert client.get("/api/start").headers["content-type"] == "application/json"


def test_start(client: Any, run: Path) -> None:
    start = client.get("/api/start").json()
    loaded = Loaded(run)
    assert start["counts"]["entities"] == len(loaded.entities)
    assert [d["error"]["code"] for d in start["documents"]] == ["empty_file"]
    assert [(i["entity"]["id"], i["when"]) for i in start["timeline"]][:1] == [("plan/cmd", "2017-07-20")]


def test_entity(client: Any) -> None:
    e = client.get("/api/entity/company/megvii").json()
    assert [p["around"][1] for p in e["places"]] == ["Megvii", "旷视科技"]
    assert {r["type"] for r in e["relations"]} == {"partner_of", "owns", "located_in"}
    assert {t["entity"]["id"] for t in e["together"]} == {"company/baidu", "place/beijing"}
    assert client.get("/api/entity/company/nobody").status_code == 404


def test_page(client: Any, run: Path) -> None:
    loaded = Loaded(run)
    document = next(d for d in loaded.documents.values() if d.status == "ok")
    page = client.get(f"/api/page/{document.id}/1").json()
    assert [m["text"] for m in page["mentions"]] == [m.text for m in loaded.mentions()]
    assert HOSTILE in page["text"]
    assert "text" not in client.get(f"/api/page/{document.id}/9").json()
    assert client.get("/api/page/nothing/1").status_code == 404
    assert client.get(f"/image/{document.id}/1").status_code == 404


@pytest.mark.parametrize("text", ["旷视", "曠視", "旷视科技", "megvii", "ＭＥＧＶＩＩ", '"', "script", "%"])
def test_search(client: Any, run: Path, text: str) -> None:
    found = client.get("/api/search", params={"q": text}).json()
    texts = {(p.document, p.page): p.text for p in Loaded(run).pages()}
    for hit in found["hits"]:
        assert texts[hit["document"]["id"], hit["page"]][hit["start"] : hit["end"]] == hit["around"][1]
    assert found["count"] == len(found["hits"])
    if text not in "%":
        assert found["hits"]


@pytest.mark.parametrize(
    ("query", "want"),
    [("type=issued", "a"), ("entity=company/baidu", "bce"), ("id=dddddddddddd", "d"), ("document=x", "")],
)
def test_relations(client: Any, query: str, want: str) -> None:
    found = client.get(f"/api/relations?{query}").json()
    assert "".join(sorted(r["id"][0] for r in found["rows"])) == want and found["total"] == len(want)


def test_long_lists_are_cut_unless_they_are_saved(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.serve.names.MOST", 2)
    for path in ("entities", "relations"):
        cut, whole = client.get(f"/api/{path}").json(), client.get(f"/api/{path}?whole=1").json()
        assert len(cut["rows"]) == 2 < cut["total"] == len(whole["rows"])


def test_plain_addresses_lead_to_the_page(client: Any) -> None:
    answer = client.get("/entity/company/megvii", follow_redirects=False)
    assert answer.headers["location"] == "/#/entity/company/megvii"


def test_page_images_only_of_the_file_that_was_read(sample_run: Path, tmp_path: Path) -> None:
    from pipeline.serve.app import Served
    from tests.conftest import CORPORA

    served = Served(sample_run, [CORPORA], TOKEN)
    key = next(d.id for d in served.documents.values() if d.path.endswith("report.pdf"))
    image = served.image(key, 1)
    assert image is not None and image.startswith(b"\x89PNG")
    (tmp_path / "report.pdf").write_bytes(b"%PDF other")
    served.inputs = [tmp_path]
    assert served.file(key) is None
