# ruff: noqa: E501 - articles are kept on one line
"""Readers: text, HTML, PDF, web, feeds, and everything that can be wrong with them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest

from incidents.sources.documents.document import Document, check_text, date_in_url, parse_day
from incidents.sources.documents.errors import DocumentError
from incidents.sources.documents.feed import Feed, parse_feed, update_ledger
from incidents.sources.documents.html import parse_html
from incidents.sources.documents.opening import open_source, parse_bytes
from incidents.sources.documents.web import check_url, fetch, read_url

BODY = (
    "A Russian drone entered Romanian airspace on Monday near Tulcea, the defence ministry in Bucharest said. "
    "Two jets were scrambled and followed it for a while until it left towards Ukraine over the river."
)
PAGE = f"""<!doctype html><html><head><title>Drone enters Romania | News</title>
<meta property="article:published_time" content="2025-03-04T10:00:00+02:00"><meta property="og:site_name" content="The Paper">
<script>var x = "A drone entered Polish airspace";</script></head>
<body><nav>Drones in Poland</nav><article><h1>Drone enters Romania</h1><p>{BODY}</p>
<p>{BODY.replace("Monday", "Monday evening")}</p></article><footer>Imprint</footer></body></html>"""
FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>
<item><title>Drone over Romania</title><link>https://wire.example/1</link><pubDate>Tue, 04 Mar 2025 10:00:00 +0200</pubDate>
<description>&lt;p&gt;{BODY}&lt;/p&gt;</description></item>
<item><title>Undated</title><link>https://wire.example/2</link><description>x</description></item></channel></rss>"""


def public(_: str, __: int) -> list[str]:
    return ["93.184.216.34"]


def served(*answers: httpx.Response) -> httpx.MockTransport:
    queue = list(answers)
    return httpx.MockTransport(lambda _: queue.pop(0))


def test_html_gives_title_text_and_day_and_leaves_the_rest() -> None:
    found = parse_html("page.html", PAGE)
    assert found.published == date(2025, 3, 4)
    assert found.published_from == "metadata"
    assert found.publisher == "The Paper"
    assert "Russian drone entered Romanian airspace" in found.text
    assert "Polish airspace" not in found.text
    assert "Imprint" not in found.text


def test_html_reads_without_trafilatura(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incidents.sources.documents.html._main_text", lambda _: "")
    found = parse_html("page.html", PAGE)
    assert "Russian drone entered Romanian airspace" in found.text
    assert "Drones in Poland" not in found.text


@pytest.mark.parametrize(
    ("markup", "day"),
    [
        ('<script type="application/ld+json">{"datePublished": "2024-05-06T07:00:00Z"}</script>', date(2024, 5, 6)),
        ('<time datetime="2024-05-07">7 May</time>', date(2024, 5, 7)),
        ("<p>nothing</p>", None),
    ],
)
def test_publication_day_comes_from_the_metadata(markup: str, day: date | None) -> None:
    assert parse_html("p.html", f"<html><body>{markup}<p>{BODY}</p></body></html>").published == day


def test_the_day_in_an_address_and_in_dates() -> None:
    assert date_in_url("https://x.example/2025/09/10/a") == date(2025, 9, 10)
    assert date_in_url("https://x.example/2025/99/10/a") is None
    assert parse_day("Tue, 04 Mar 2025 10:00:00 +0200") == date(2025, 3, 4)
    assert parse_day("soon") is None


def test_front_matter_dates_a_markdown_file_and_keeps_offsets(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\ntitle: Drone\ndate: 2025-03-04\nurl: https://x.example/a\n---\n{BODY}\n", encoding="utf-8")
    found = open_source(str(path))
    assert isinstance(found, Document)
    assert (found.published, found.published_from, found.url) == (
        date(2025, 3, 4),
        "front matter",
        "https://x.example/a",
    )
    assert len(found.text) == len(path.read_text(encoding="utf-8"))


def test_a_given_date_wins_and_none_is_an_error() -> None:
    document = Document(source="a.txt", text=BODY, published=date(2025, 1, 1), published_from="metadata")
    assert document.dated(date(2025, 2, 2)).published_from == "--published"
    with pytest.raises(DocumentError, match="no publication date"):
        Document(source="a.txt", text=BODY).dated(None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_other_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(("Dron spadł. " + BODY.replace("Tulcea", "Tulcea, said Łukasz Żak")).encode(encoding))
    found = open_source(str(path))
    assert isinstance(found, Document)
    assert "Russian drone entered Romanian airspace" in found.text


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "binary"),
        (b"abc\x00def" * 50, "binary"),
        ("W nocy dron wleciał w polską przestrzeń powietrzną i spadł na pole pod wsią Osiny.".encode(), "English"),
        (b"%PDF-1.4 broken", "PDF"),
    ],
)
def test_what_is_no_article_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=message):
        check_text(str(path), getattr(open_source(str(path)), "text", ""))


def test_a_huge_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as handle:
        handle.truncate(50_000_000)
    with pytest.raises(DocumentError, match="50 MB"):
        open_source(str(path))


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="Cannot read"):
        open_source(str(tmp_path / "none.txt"))
    with pytest.raises(DocumentError, match="folder"):
        open_source(str(tmp_path))


def test_a_pdf_is_read(tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    path = tmp_path / "a.pdf"
    writer.write(str(path))
    with pytest.raises(DocumentError, match="only pictures"):
        open_source(str(path))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://x.example/a",
        "file:///etc/passwd",
        "http://",
        "https://user:secret@x.example/",
        "gopher://x.example",
        "http://[::1",
    ],
)
def test_only_plain_web_addresses(url: str) -> None:
    with pytest.raises(DocumentError):
        check_url(url, resolve=public)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.8",
        "192.168.1.1",
        "169.254.169.254",
        "::1",
        "fd00::1",
        "::ffff:10.0.0.1",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
    ],
)
def test_private_addresses_are_refused_unless_asked_for(address: str) -> None:
    with pytest.raises(DocumentError, match="private address"):
        check_url("http://intern.example/", resolve=lambda *_: ["93.184.216.34", address])
    assert check_url("http://intern.example/", resolve=lambda *_: [address], allow_private=True) == [address]


def test_a_page_is_fetched_from_the_address_that_was_checked() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, html=PAGE)

    found = read_url("https://x.example/2025/03/04/a", resolve=public, transport=httpx.MockTransport(answer))
    assert asked[0].url.host == "93.184.216.34"
    assert asked[0].headers["host"] == "x.example"
    assert found.url == "https://x.example/2025/03/04/a"
    assert "Romanian airspace" in found.text


def test_every_redirect_is_checked() -> None:
    def resolve(host: str, _: int) -> list[str]:
        return ["10.0.0.1"] if host == "evil.example" else ["93.184.216.34"]

    jump = served(httpx.Response(302, headers={"location": "http://evil.example/"}))
    with pytest.raises(DocumentError, match=r"evil\.example is the private address"):
        fetch("https://x.example/", resolve=resolve, transport=jump)
    with pytest.raises(DocumentError, match="only http and https"):
        fetch(
            "https://x.example/",
            resolve=public,
            transport=served(httpx.Response(301, headers={"location": "file:///etc/passwd"})),
        )
    loop = httpx.MockTransport(lambda _: httpx.Response(302, headers={"location": "/again"}))
    with pytest.raises(DocumentError, match="redirects"):
        fetch("https://x.example/", resolve=public, transport=loop)


def test_large_slow_and_failing_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DocumentError, match="more than 5 MB"):
        fetch("https://x.example/", resolve=public, transport=served(httpx.Response(200, content=b"x" * 5_100_000)))
    with pytest.raises(DocumentError, match="status 404"):
        fetch("https://x.example/", resolve=public, transport=served(httpx.Response(404)))
    with pytest.raises(DocumentError, match="content type 'image/png'"):
        read_url(
            "https://x.example/",
            resolve=public,
            transport=served(httpx.Response(200, content=b"abc", headers={"content-type": "image/png"})),
        )

    def broken(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    with pytest.raises(DocumentError, match="ConnectError"):
        fetch("https://x.example/", resolve=public, transport=httpx.MockTransport(broken))
    monkeypatch.setattr("incidents.sources.documents.web.TIMEOUT_S", -1.0)
    with pytest.raises(DocumentError, match="not finished"):
        fetch("https://x.example/", resolve=public, transport=served(httpx.Response(200, content=b"abc")))


def test_a_feed_gives_its_dated_entries() -> None:
    found = parse_bytes("feed.xml", FEED.encode())
    assert isinstance(found, Feed)
    assert found.undated == 1
    (entry,) = found.entries
    assert (entry.published, entry.published_from, entry.url) == (date(2025, 3, 4), "feed", "https://wire.example/1")
    assert "Russian drone entered Romanian airspace" in entry.text
    assert "<p>" not in entry.text


def test_atom_is_read_as_well() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>W</title><entry><title>Drone</title><link href="https://w.example/1"/>'
        f"<published>2025-03-04T00:00:00Z</published><content>{BODY}</content></entry></feed>"
    )
    found = parse_feed("a", atom.encode())
    assert [e.published for e in found.entries] == [date(2025, 3, 4)]


def test_an_entity_bomb_is_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><rss><channel><title>&b;</title></channel></rss>'
    with pytest.raises(DocumentError, match="entities"):
        parse_bytes("bomb.xml", bomb)
    outside = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><title>&a;</title></channel></rss>'
    with pytest.raises(DocumentError, match="entities"):
        parse_bytes("out.xml", outside)
    with pytest.raises(DocumentError, match="well-formed"):
        parse_feed("x", b"<rss><channel>")
    with pytest.raises(DocumentError, match="neither RSS nor Atom"):
        parse_feed("x", b"<svg/>")


def test_the_ledger_says_what_was_watched_and_where_days_were_missed(tmp_path: Path) -> None:
    path = tmp_path / "coverage.json"
    feed = parse_feed("https://wire.example/rss", FEED.encode())
    later = parse_feed("https://wire.example/rss", FEED.replace("Tue, 04 Mar", "Mon, 17 Mar").encode())
    update_ledger(path, feed, now=datetime(2025, 3, 5, tzinfo=UTC), candidates=1)
    line = update_ledger(path, later, now=datetime(2025, 3, 18, tzinfo=UTC), candidates=0)
    assert line["watched_since"].startswith("2025-03-05")
    assert line["last_read"].startswith("2025-03-18")
    assert line["gaps"] == [{"after": "2025-03-04", "before": "2025-03-17"}]
    assert json.loads(path.read_text(encoding="utf-8"))["https://wire.example/rss"]["readings"] == 2
