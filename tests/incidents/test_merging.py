"""Two records of one event become one."""

from __future__ import annotations

from incidents.merging import merged
from incidents.model import Outcome
from tests.worlds import make_incident, make_source


def test_what_only_the_duplicate_knows_is_kept() -> None:
    kept = make_incident(sources=(make_source(supports=("objects",)),))
    duplicate = make_incident(
        "PL-2025-002",
        sources=(make_source(supports=("sites", "objects")),),
        outcome=Outcome.LEFT,
        compiled_on="2026-01-02",
    )
    both = merged(kept, duplicate)
    assert (both.outcome, both.compiled_on) == (Outcome.LEFT, "2026-01-02")
    assert [source.supports for source in both.sources] == [("objects", "sites")]
    assert merged(kept.model_copy(update={"outcome": Outcome.CRASHED}), duplicate).outcome is Outcome.CRASHED
