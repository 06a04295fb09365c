"""Own passages in many styles: what they report is found, what they do not report is not."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from incidents.extract import RuleExtractor
from incidents.linkage import _FAMILIES

PASSAGES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "passages.toml").read_text(encoding="utf-8"))[
    "passage"
]


@pytest.mark.parametrize("passage", PASSAGES, ids=[p["id"] for p in PASSAGES])
def test_passage_reports_what_it_reports(passage: dict[str, Any]) -> None:
    text, wanted = passage["text"], list(passage.get("incident", []))
    found = RuleExtractor().extract(text, published=passage["published"])
    assert sorted(c.country for c in found) == sorted(w["country"] for w in wanted)
    for want in wanted:
        candidate = next(c for c in found if c.country == want["country"])
        candidate.check(text)
        days = want["date"]
        if not days:
            assert candidate.date.earliest is None
        else:
            assert candidate.date.earliest is not None
            assert candidate.date.latest is not None
            assert candidate.date.earliest <= days[1]
            assert candidate.date.latest >= days[0]
        if want["class"] != "unknown":
            assert _FAMILIES.get(candidate.object_class) == _FAMILIES.get(want["class"])
        if "low" in want:
            assert candidate.count.low == want["low"]
        if "actor" in want:
            assert candidate.actor == want["actor"]
        assert candidate.denied is want.get("denied", False)
        names = [site.name for site in candidate.sites]
        for place in want.get("places", []):
            assert any(place in name or name in place for name in names), names


def test_the_passages_are_many_and_have_hard_negatives() -> None:
    assert len(PASSAGES) >= 60
    assert sum(not p.get("incident") for p in PASSAGES) >= 20
