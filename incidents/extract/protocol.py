"""What an extractor is, and where to find one by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib.metadata import entry_points
from typing import Protocol, runtime_checkable

from incidents.errors import IncidentsError
from incidents.extract.candidate import CandidateIncident

GROUP = "incidents.extractors"
"""Entry-point group under which other packages offer extractors."""


class ExtractorError(IncidentsError):
    """An extractor is unknown, unavailable or failed."""


@runtime_checkable
class Extractor(Protocol):
    """Turns one article into candidates. Quotes are words of the text at their offsets, or the candidate is refused."""

    name: str

    def extract(self, text: str, *, published: date) -> list[CandidateIncident]:
        """Return the candidates of an article published on a day."""


def _rules() -> Extractor:
    from incidents.extract.rules import RuleExtractor

    return RuleExtractor()


def _llm() -> Extractor:
    from incidents.extract.llm import LlmExtractor

    return LlmExtractor.from_environment()


EXTRACTORS: dict[str, Callable[[], Extractor]] = {"rules": _rules, "llm": _llm}
"""The built-in ones; ``rules`` is the default and the only one that never leaves the machine."""


def get_extractor(name: str = "rules") -> Extractor:
    """Return an extractor by name, built in or from an installed package.

    Raises
    ------
    ExtractorError
        If no such extractor is known; names those that are.
    """
    if name in EXTRACTORS:
        return EXTRACTORS[name]()
    installed = {point.name: point for point in entry_points(group=GROUP)}
    if name not in installed:
        known = ", ".join(sorted([*EXTRACTORS, *installed]))
        raise ExtractorError(f"No extractor {name!r}. Known: {known}.")
    found: Extractor = installed[name].load()()
    return found
