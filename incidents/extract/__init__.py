"""From news text to candidates: sentences, triggers, places, dates, objects, rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from incidents.extract.candidate import CandidateIncident, Evidence
    from incidents.extract.protocol import Extractor, get_extractor
    from incidents.extract.rules import RuleExtractor, explain

__all__ = ["CandidateIncident", "Evidence", "Extractor", "RuleExtractor", "explain", "get_extractor"]

_HOMES = {
    "CandidateIncident": "candidate",
    "Evidence": "candidate",
    "Extractor": "protocol",
    "RuleExtractor": "rules",
    "explain": "rules",
    "get_extractor": "protocol",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
