"""Numbered sources: each document once, with its grade and the incidents it supports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from incidents.model import Incident, Reliability


@dataclass(frozen=True)
class NumberedSource:
    """A document as a footnote."""

    number: int
    url: str
    publisher: str
    title: str
    published_on: str | None
    reliability: Reliability
    archive_url: str | None
    ids: tuple[str, ...]
    """Incidents that cite it."""


@dataclass(frozen=True)
class Footnotes:
    """The sources of a report, in order of first use."""

    sources: tuple[NumberedSource, ...]

    def of(self, incident_id: str) -> tuple[int, ...]:
        """Return the numbers of the sources behind one incident."""
        return tuple(source.number for source in self.sources if incident_id in source.ids)


def number_sources(records: Sequence[Incident]) -> Footnotes:
    """Return the sources of `records`, each URL once, numbered from 1 in order of first use."""
    first: dict[str, tuple[Incident, int]] = {}
    citing: dict[str, list[str]] = {}
    for record in records:
        for index, source in enumerate(record.sources):
            first.setdefault(source.url, (record, index))
            citing.setdefault(source.url, []).append(record.id)
    numbered = []
    for number, (url, (record, index)) in enumerate(first.items(), 1):
        source = record.sources[index]
        numbered.append(
            NumberedSource(
                number=number,
                url=url,
                publisher=source.publisher,
                title=source.title,
                published_on=source.published_on,
                reliability=source.reliability,
                archive_url=source.archive_url,
                ids=tuple(dict.fromkeys(citing[url])),
            )
        )
    return Footnotes(tuple(numbered))
