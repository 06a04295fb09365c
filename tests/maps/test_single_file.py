"""The page is one file: nothing fetched, nothing random, nothing live."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from maps import render_html
from tests.frames import HOSTILE, make_frame, make_row, many

ON = date(2026, 11, 1)
LOADS = re.compile(
    r"""<(?:script|img|iframe|source|embed|object)\b[^>]*\s(?:src|data)\s*=|<link\b|@import|url\((?!["']?(?:data:|\#))"""
)


def draw(rows: list[dict[str, object]], **options: object) -> str:
    return render_html(make_frame(rows), title="Incidents", on=ON, data_version="1", **options)  # type: ignore[arg-type]


def test_the_same_records_give_the_same_bytes() -> None:
    rows = [make_row(n) for n in range(1, 30)]
    assert draw(rows) == draw(list(reversed(rows)))


def test_nothing_is_loaded_from_anywhere() -> None:
    page = draw([make_row(n) for n in range(1, 5)])
    assert LOADS.findall(page) == []
    assert re.findall(r'https?://[^"\s]*\.(?:js|css)\b', page) == []


def test_the_policy_names_hashes_and_no_host() -> None:
    page = draw([make_row()])
    policy = re.search(r'http-equiv="Content-Security-Policy"\s+content="([^"]+)"', page)
    assert policy is not None
    text = policy[1].replace("&#39;", "'")
    assert "default-src 'none'" in text
    assert "unsafe" not in text
    assert "http" not in text
    assert text.count("'sha256-") >= 3


def test_tiles_open_the_policy_for_their_host_alone() -> None:
    page = draw([make_row()], tiles="https://tiles.example.mil/{z}/{x}/{y}.png")
    policy = re.search(r'http-equiv="Content-Security-Policy"\s+content="([^"]+)"', page)
    assert policy is not None
    assert re.findall(r"https?://[^\s;]+", policy[1]) == ["https://tiles.example.mil"]


def test_the_static_table_holds_every_incident_and_its_sources() -> None:
    page = draw([make_row(1), make_row(2, point=None, title="Nowhere")])
    body = re.sub(r"(?s)<script.*?</script>", "", page)
    assert "Object no. 1 crosses the border" in body
    assert "Nowhere" in body
    assert 'href="https://example.org/1"' in body


def test_hostile_text_ends_no_script_block() -> None:
    rows = [make_row(n, title=text, summary=text, site=text) for n, text in enumerate(HOSTILE, 1)]
    page = draw(rows, marking="</script><script>alert(1)</script>")
    blocks = re.findall(r'(?s)<script type="application/json"[^>]*>(.*?)</script>', page)
    assert len(blocks) >= 3
    for block in blocks:
        json.loads(block)
        assert not re.search("[<>&\u2028\u2029]", block)
    assert "<script>window.PWN" not in page
    assert "<script>alert" not in page


def test_nothing_selected_is_a_page_that_says_so() -> None:
    page = draw([])
    assert re.search(r"(?i)no incidents?", page)


def test_language_title_and_zoom_are_declared() -> None:
    page = draw([make_row()])
    assert '<html lang="en"' in page
    assert "<title>Incidents" in page
    assert "user-scalable=no" not in page


def test_size_stays_in_budget() -> None:
    page = render_html(many(1000), title="t", on=ON, data_version="1")
    assert len(page.encode()) <= 1_200_000


@pytest.mark.parametrize("style", ["incidents", "choropleth", "density"])
def test_every_style_draws(style: str) -> None:
    assert "<title>" in draw([make_row()], style=style)
