"""Reports read well, paste well and run nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from incidents.model import Attribution, Incident, Stance
from incidents.query import Query
from incidents.report.html import render_html
from incidents.report.markdown import render_markdown
from incidents.report.narrative import compose, compose_several
from incidents.report.sheet import compose_sheet, decimals
from incidents.report.summary import summarise
from incidents.report.text import render_text
from tests.worlds import make_incident, make_source

HOSTILE = [
    "<script>alert(1)</script>",
    "![x](javascript:alert(1))",
    "a | b",
    "[link](http://x)",
    "\x1b[31mred",
    "<img src=x onerror=y>",
]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def _hostile(text: str) -> Incident:
    return make_incident(
        title=text,
        summary=text,
        attributions=(Attribution(actor="RU", stance=Stance.ASSERTS, by=text, sources=("agency",)),),
        sources=(make_source(publisher=text, note=text),),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_runs_nothing(text: str) -> None:
    record = _hostile(text)
    for document in (compose_sheet(record), compose(summarise([record], "PL", Query()))):
        parser = _Tags()
        parser.feed(render_html(document))
        assert "script" not in {tag for tag, _ in parser.seen}
        assert not [attrs for _, attrs in parser.seen if any(name.startswith("on") for name in attrs)]
        assert all(
            str(attrs.get("href", "#")).startswith(("#", "https://example.org"))
            for tag, attrs in parser.seen
            if tag == "a"
        )
        markdown = render_markdown(document)
        assert not re.search(r"(?<!\\)<(script|img)", markdown)
        assert not re.search(r"(?<!\\)\]\(", markdown)
        assert "\x1b" not in render_text(document)


def test_plain_text_fits_80_columns_but_for_links(bundled: list[Incident]) -> None:
    for subject in ("PL", "EE"):
        text = render_text(compose(summarise(bundled, subject, Query())))
        long = [line for line in text.splitlines() if len(line) > 80 and not line.strip().startswith("http")]
        assert long == []


def test_footnotes_lead_somewhere(bundled: list[Incident]) -> None:
    summaries = [summarise(bundled, subject, Query()) for subject in ("EE", "DK")]
    for document in (compose(summaries[0]), compose_several(summaries)):
        page = render_html(document)
        targets = set(re.findall(r'href="#(source-\d+)"', page))
        assert targets
        assert targets <= set(re.findall(r'id="(source-\d+)"', page))


@pytest.mark.parametrize("fmt", ["md", "html"])
def test_same_records_same_bytes(bundled: list[Incident], fmt: str) -> None:
    from incidents.report.formats import FORMATS

    document = compose(summarise(bundled, "DK", Query()))
    again = compose(summarise(list(reversed(bundled)), "DK", Query()))
    assert FORMATS[fmt](document, None) == FORMATS[fmt](again, None)


def test_digits_of_a_position_follow_its_radius() -> None:
    assert decimals(10) >= 4
    assert decimals(3000) == 2
    assert decimals(30_000) == 1
    assert decimals(200_000) == 0


def test_the_sheet_names_who_denies() -> None:
    denial = Attribution(
        actor="RU", stance=Stance.DENIES, by="Russian Ministry of Defence", on="2025-03-03", sources=("agency",)
    )
    text = " ".join(render_text(compose_sheet(make_incident(attributions=(denial,)))).split())
    assert "Russian Ministry of Defence denies it was Russia, 3 March 2025" in text
