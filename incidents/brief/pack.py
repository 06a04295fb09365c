"""Fill a briefing folder from records."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from incidents.brief.folder import MANIFEST
from incidents.brief.index import render_index
from incidents.brief.method import method_document
from incidents.brief.previous import changes_against, fingerprints
from incidents.model import Incident
from incidents.query import Query, select
from incidents.report.document import Document, Picture
from incidents.report.formats import drawer
from incidents.report.html import render_html
from incidents.report.markdown import render_markdown
from incidents.report.narrative import compose
from incidents.report.sheet import compose_sheet
from incidents.report.summary import NATO, Summary, summarise
from incidents.version import DATASET_VERSION

_LISTED = 1000


@dataclass(frozen=True)
class Pack:
    """What a briefing is about."""

    title: str
    query: Query
    marking: str = ""
    previous: dict[str, Any] | None = None
    previous_name: str = ""


def fill(folder: Path, records: Sequence[Incident], pack: Pack, *, progress: Callable[[str], None]) -> None:
    """Write every file of the briefing into the empty `folder`.

    Parameters
    ----------
    records
        Every record with everything known; the selection is made here.
    progress
        Told what is being written.
    """
    chosen = select(records, pack.query)
    subjects = sorted({code for record in chosen for code in record.countries})
    if pack.query.countries:
        subjects = [code for code in subjects if code in pack.query.countries]
    wanted = pack.query.countries
    relevant = [record for record in records if not wanted or not wanted.isdisjoint(record.countries)]
    states = [summarise(relevant, subject, pack.query) for subject in subjects]
    overview = summarise(relevant, NATO, pack.query)
    _write_map(folder, chosen, pack, progress)
    for summary in [*states, overview]:
        progress(f"report on {summary.name}")
        _write_report(folder, summary, pack)
    progress(f"{len(chosen)} incident sheets")
    _write_sheets(folder, chosen, pack)
    progress("tables")
    _write_tables(folder, chosen)
    _write_method(folder, pack)
    _write_index(folder, overview, states, chosen, pack)
    content = {"title": pack.title, "data_set": DATASET_VERSION, "incidents": fingerprints(chosen)}
    (folder / MANIFEST).write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def _write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _write_map(folder: Path, records: Sequence[Incident], pack: Pack, progress: Callable[[str], None]) -> None:
    from incidents.frame import to_frame
    from maps import render_html as render_map

    progress("map")
    countries = pack.query.countries
    page = render_map(
        to_frame(records),
        title=pack.title,
        marking=pack.marking or None,
        on=pack.query.until or max((r.occurred.last_day for r in records), default=None),
        focus=next(iter(countries)) if len(countries) == 1 else None,
        data_version=DATASET_VERSION,
    )
    _write(folder, "map.html", page)


def _write_report(folder: Path, summary: Summary, pack: Pack) -> None:
    document = compose(summary, marking=pack.marking, latest=_LISTED)
    name = summary.subject.lower()
    nav = (("Briefing", "index.html"), ("Map", "map.html"), ("Method", "method.html"), ("Markdown", f"{name}.md"))
    known = {record.id for record in summary.incidents}
    page = render_html(
        document, draw=drawer(), nav=nav, link=lambda id_: f"incidents/{id_}.html" if id_ in known else None
    )
    _write(folder, f"{name}.html", page)
    _write(folder, f"{name}.md", render_markdown(document))


def _write_sheets(folder: Path, records: Sequence[Incident], pack: Pack) -> None:
    known = {record.id for record in records}
    for record in records:
        document = compose_sheet(record, marking=pack.marking)
        nav = (
            ("Briefing", "../index.html"),
            ("On the map", f"../map.html#id={record.id}"),
            ("Method", "../method.html"),
        )
        page = render_html(document, nav=nav, link=lambda id_: f"{id_}.html" if id_ in known else None)
        _write(folder, f"incidents/{record.id}.html", page)


def _write_tables(folder: Path, records: Sequence[Incident]) -> None:
    from incidents.export import write_export, write_package

    write_export(records, folder / "incidents.csv")
    write_package(records, folder / "package")


def _write_method(folder: Path, pack: Pack) -> None:
    document = method_document(marking=pack.marking)
    _write(folder, "method.html", render_html(document, nav=(("Briefing", "index.html"), ("Map", "map.html"))))
    _write(folder, "method.md", render_markdown(document))


def _write_index(
    folder: Path, overview: Summary, states: Sequence[Summary], records: Sequence[Incident], pack: Pack
) -> None:
    document: Document = compose(overview, marking=pack.marking)
    files = [
        ("map.html", "map.html", "the interactive map; opens anywhere, needs no network"),
        ("nato.html", "nato.html, nato.md", "overview of the alliance"),
        *((f"{s.subject.lower()}.html", f"{s.subject.lower()}.html, .md", f"report on {s.name}") for s in states),
        ("incidents/", "incidents/", "one sheet an incident: every claim with who makes it"),
        ("incidents.csv", "incidents.csv", "one row an incident, for a spreadsheet or QGIS"),
        ("package/datapackage.json", "package/", "all tables with their keys and types (Frictionless Data Package)"),
        ("method.html", "method.html, method.md", "rules, vocabularies, columns, licences, versions"),
    ]
    before = None if pack.previous is None else pack.previous.get("incidents", {})
    page = render_index(
        title=pack.title,
        overview=overview,
        states=states,
        document=document,
        files=files,
        changes=() if before is None else changes_against(before, records),
        previous=pack.previous_name,
        picture=drawer()(Picture("map", "Map of the incidents in this briefing", overview)),
    )
    _write(folder, "index.html", page)
