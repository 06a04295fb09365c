"""HTML pages: main text, title, publication day. trafilatura where installed, else a plain reading of the markup."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser

from incidents.sources.documents.document import Document, date_in_url, parse_day
from incidents.sources.documents.text import decode

_SKIPPED = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "footer",
        "aside",
        "form",
        "button",
        "figure",
        "svg",
        "iframe",
        "select",
        "header",
    }
)
_BLOCKS = frozenset(
    {
        "p",
        "div",
        "br",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "tr",
        "section",
        "article",
        "ul",
        "ol",
        "table",
    }
)
_DATE_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "pubdate",
    "publishdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "cxenseparse:recs:publishtime",
)


class _Page(HTMLParser):
    """Collects paragraphs, title and metadata; knows no script and follows nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[str, bool]] = []
        self.title = ""
        self.meta: dict[str, str] = {}
        self.times: list[str] = []
        self.json: list[str] = []
        self._skip = 0
        self._stack: list[str] = []
        self._buffer: list[str] = []
        self._in_json = False
        self._in_main = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name.lower(): value or "" for name, value in attrs}
        if tag == "meta":
            name = (values.get("property") or values.get("name") or values.get("itemprop") or "").lower()
            if name and values.get("content"):
                self.meta.setdefault(name, values["content"])
        if tag == "time" and values.get("datetime"):
            self.times.append(values["datetime"])
        if tag == "script":
            self._in_json = "ld+json" in values.get("type", "")
        if tag in _SKIPPED:
            self._skip += 1
        if tag in ("article", "main"):
            self._in_main += 1
        if tag in _BLOCKS:
            self._flush()
        if tag == "title" or tag == "h1":
            self._stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._in_json = False
        if tag in _BLOCKS:
            self._flush()
        if tag in _SKIPPED and self._skip:
            self._skip -= 1
        if tag in ("article", "main") and self._in_main:
            self._in_main -= 1
        if self._stack and self._stack[-1] == tag:
            self._stack.pop()

    def handle_data(self, data: str) -> None:
        if self._in_json:
            self.json.append(data)
        elif self._stack and self._stack[-1] == "title":
            self.title += data
        elif not self._skip:
            self._buffer.append(data)

    def _flush(self) -> None:
        line = " ".join("".join(self._buffer).split())
        self._buffer.clear()
        if line:
            self.lines.append((line, self._in_main > 0))

    def body(self) -> str:
        """Return the lines of the article element where there is one, else of the page."""
        self._flush()
        inside = [line for line, is_main in self.lines if is_main]
        lines = inside if sum(len(line) for line in inside) > 200 else [line for line, _ in self.lines]
        return "\n".join(lines)


def parse_html(source: str, markup: str, *, url: str = "") -> Document:
    """Return the article in an HTML page. Offsets of candidates count in the returned text."""
    page = _Page()
    page.feed(markup)
    page.close()
    title = page.meta.get("og:title", "") or " ".join(page.title.split())
    text = _main_text(markup) or page.body()
    if title and title.split(" | ")[0].split(" - ")[0].strip() not in text[:400]:
        text = f"{title}\n{text}"
    published, origin = _published(page, url)
    return Document(
        source=source,
        text=text,
        published=published,
        published_from=origin,
        title=title,
        url=url or page.meta.get("og:url", ""),
        publisher=page.meta.get("og:site_name", ""),
    )


def read_html(source: str, raw: bytes, *, url: str = "") -> Document:
    """Return the article in the bytes of an HTML page."""
    match = re.search(rb"<meta[^>]+charset=[\"']?([\w-]+)", raw[:4096], re.I)
    if match is not None:
        try:
            return parse_html(source, raw.decode(match[1].decode("ascii"), errors="replace"), url=url)
        except LookupError:
            pass
    return parse_html(source, decode(source, raw), url=url)


def _main_text(markup: str) -> str:
    try:
        import trafilatura
    except ImportError:
        return ""
    found: str | None = trafilatura.extract(markup, include_comments=False, include_tables=False, favor_precision=True)
    return found or ""


def _published(page: _Page, url: str) -> tuple[date | None, str]:
    for block in page.json:
        found = re.search(r'"datePublished"\s*:\s*("(?:[^"\\]|\\.)*")', block)
        if found is not None:
            try:
                day = parse_day(str(json.loads(found[1])))
            except ValueError:
                day = None
            if day is not None:
                return day, "metadata"
    for name in _DATE_NAMES:
        day = parse_day(page.meta.get(name, "")) if page.meta.get(name) else None
        if day is not None:
            return day, "metadata"
    for value in page.times[:1]:
        day = parse_day(value)
        if day is not None:
            return day, "metadata"
    day = date_in_url(url or page.meta.get("og:url", ""))
    return (day, "url") if day is not None else (None, "")
