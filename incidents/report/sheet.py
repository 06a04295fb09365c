"""One incident on one page: what, where, when, who says so, and what nobody knows."""

from __future__ import annotations

import math

from incidents.grading import CONFIDENCE_WORDS, RELIABILITY_WORDS, credibility
from incidents.model import Incident, Site
from incidents.model.time import format_moment
from incidents.report.colophon import colophon
from incidents.report.document import (
    Block,
    Bullets,
    Document,
    Grid,
    Line,
    Paragraph,
    Picture,
    Reference,
    References,
    Section,
)
from incidents.report.sources import Footnotes, number_sources
from incidents.report.timeline import timeline
from incidents.wording import (
    count_words,
    country_name,
    country_names,
    dtg,
    duration_words,
    join,
    label,
    measure_words,
    partial_words,
    stance_words,
    status_words,
    territory_words,
    time_words,
)

_HALF_DEGREE_M = 55_660.0
"""What rounding to whole degrees costs at most along a meridian, in metres."""


def compose_sheet(record: Incident, *, marking: str = "") -> Document:
    """Return the sheet of one incident."""
    footnotes = number_sources([record])
    numbers = {source.url: source.number for source in footnotes.sources}
    refs = {source.key: numbers[source.url] for source in record.sources}
    sections = [
        Section("At a glance", (*_summary(record), _glance(record))),
        _sites(record),
        _objects(record, refs),
        _who(record, refs),
        _response(record, refs),
        Section("Timeline of what was said", (_timeline(record, refs),)),
        _open(record),
        _related(record),
        _sources(record, footnotes),
    ]
    return Document(
        title=f"{record.id}: {record.title}",
        subtitle=f"{time_words(record.occurred)}, {country_names(record.countries)}",
        sections=tuple(section for section in sections if section is not None and section.blocks),
        colophon=colophon(None),
        marking=marking,
    )


def _summary(record: Incident) -> tuple[Block, ...]:
    lines = (Line(record.summary),) if record.summary else ()
    return ((Paragraph(lines),) if lines else ()) + (Picture("site-map", f"Map of {record.id}", record),)


def _glance(record: Incident) -> Grid:
    occurred = record.occurred
    start = "not known" if occurred.earliest is None else format_moment(occurred.earliest)
    groups = "" if occurred.earliest is None else f"{dtg(occurred.earliest)} to "
    grade = credibility(record)
    rows = [
        ("what", f"{label(record.legal_class.value)}: {_objects_words(record)}"),
        ("when", f"{time_words(record.occurred)}{f' ({occurred.text})' if occurred.text else ''}"),
        ("", f"{start} to {format_moment(occurred.latest)} (precision: {label(occurred.precision.value)})"),
        ("DTG", f"{groups}{dtg(occurred.latest)}"),
        ("where", "; ".join(f"{site.name} ({label(site.role.value)})" for site in record.sites) or "no place reported"),
        ("whose airspace", airspace_words(record)),
        ("status", status_words(record) + (f": {record.assessment.note}" if record.assessment.note else "")),
        ("outcome", label(record.outcome.value)),
        ("credibility", f"{grade.grade} ({grade.words}): {grade.reason}"),
        (
            "confidence",
            CONFIDENCE_WORDS[record.confidence] + (f": {record.confidence_reason}" if record.confidence_reason else ""),
        ),
    ]
    if record.discovered_on:
        rows.insert(4, ("discovered", partial_words(record.discovered_on)))
    if record.first_reported_on:
        rows.insert(4, ("first reported", partial_words(record.first_reported_on)))
    return Grid("", ("question", "answer"), tuple(rows))


def _objects_words(record: Incident) -> str:
    return join(
        [
            f"{count_words(group.count)}, {label(group.object_class.value)}{f' ({group.model})' if group.model else ''}"
            for group in record.objects
        ]
    )


def airspace_words(record: Incident) -> str:
    """Return whose airspace it was by geometry and by the states' word, each with how sure."""
    if not record.territories:
        claims = [f"{c.by} says {c.says.value} {country_name(c.country)}" for c in record.territory_claims]
        return f"no placed site; {'; '.join(claims) or f'reported over {country_names(record.countries)}'}"
    answers = dict.fromkeys(territory_words(t) for t in record.territories)
    return "; ".join(answers)


def decimals(radius_m: float) -> int:
    """Return the fewest decimals of a degree that round a position by less than its radius.

    >>> decimals(3000), decimals(100)
    (2, 3)
    """
    return max(0, min(5, math.ceil(math.log10(_HALF_DEGREE_M / max(radius_m, 1.0)))))


def position_words(site: Site) -> str:
    """Return latitude, longitude and MGRS, digits cut to the radius, and the radius."""
    from geodata.coordinates import to_mgrs

    if site.lon is None or site.lat is None or site.radius_m is None:
        return "not placed"
    digits = decimals(site.radius_m)
    ns, ew = "N" if site.lat >= 0 else "S", "E" if site.lon >= 0 else "W"
    radius = f"{site.radius_m / 1000:g} km" if site.radius_m >= 1000 else f"{site.radius_m:g} m"
    mgrs = to_mgrs(lon=site.lon, lat=site.lat, radius_m=site.radius_m)
    return f"{abs(site.lat):.{digits}f}{ns} {abs(site.lon):.{digits}f}{ew} ±{radius} ({mgrs})"


def _sites(record: Incident) -> Section | None:
    if not record.sites:
        return None
    answers = {territory.site: territory for territory in record.territories}
    rows = []
    for index, site in enumerate(record.sites):
        territory = answers.get(index)
        border = ""
        if territory is not None and territory.border_distance_km is not None:
            side = "inside" if territory.border_distance_km >= 0 else "outside"
            neighbour = f", border with {country_name(territory.nearest_border)}" if territory.nearest_border else ""
            border = f"{abs(territory.border_distance_km):.1f} km {side}{neighbour}"
        note = f" ({site.note})" if site.note else ""
        rows.append(
            (
                label(site.role.value),
                site.name + note,
                position_words(site),
                territory_words(territory) if territory else "",
                border,
            )
        )
    blocks: list[Block] = [Grid("", ("role", "site", "position", "whose airspace", "border"), tuple(rows))]
    if record.territories:
        version = record.territories[0].boundary_version
        blocks.append(Paragraph((Line(f"Computed from the position and its radius with boundaries {version}."),)))
    return Section("Where, and whose airspace", tuple(blocks))


def _refs(keys: tuple[str, ...], refs: dict[str, int]) -> tuple[int, ...]:
    return tuple(sorted(refs[key] for key in keys))


def _objects(record: Incident, refs: dict[str, int]) -> Section:
    lines = []
    for group in record.objects:
        name = f"{label(group.object_class.value)}{f' ({group.model})' if group.model else ''}"
        how = f", identified by {join([label(m.value) for m in group.identified_by])}" if group.identified_by else ""
        lines.append(Line(f"{name}: {count_words(group.count)}{how}.", (), _refs(group.sources, refs)))
        lines += [Line(f"{c.by}: {count_words(c)} ({name}).", (), _refs(c.sources, refs)) for c in group.counts]
    behaviour = record.behaviour
    if behaviour is not None:
        measures = [
            ("Time inside", behaviour.duration_s, duration_words),
            ("Depth", behaviour.penetration_km, lambda m: measure_words(m, "km")),
            ("Altitude", behaviour.altitude_m, lambda m: measure_words(m, "m")),
        ]
        for name, measure, words in measures:
            if measure is not None:
                by = f", {measure.by}" if measure.by else ""
                note = f" ({measure.note})" if measure.note else ""
                lines.append(Line(f"{name}: {words(measure)}{by}{note}.", (), _refs(measure.sources, refs)))
        facts = [
            f"{name} {value.value}"
            for name, value in (
                ("flight plan", behaviour.flight_plan),
                ("transponder", behaviour.transponder),
                ("radio contact", behaviour.radio),
            )
            if value is not None
        ]
        if facts:
            text = ", ".join(facts)
            lines.append(Line(f"{text[0].upper()}{text[1:]}.", (), _refs(behaviour.sources, refs)))
    return Section("What it was, how many, how it flew", (Bullets(tuple(lines)),))


def _who(record: Incident, refs: dict[str, int]) -> Section:
    lines = [
        Line(
            f"{a.by} {stance_words(a.stance)} {country_name(a.actor)}{f', {partial_words(a.on)}' if a.on else ''}"
            f"{f': {a.basis}' if a.basis else ''}.",
            (),
            _refs(a.sources, refs),
        )
        for a in record.attributions
    ]
    lines += [
        Line(
            f"{c.by} says it was {c.says.value} the airspace of {country_name(c.country)}"
            f"{f', {partial_words(c.on)}' if c.on else ''}{f': {c.note}' if c.note else ''}.",
            (),
            _refs(c.sources, refs),
        )
        for c in record.territory_claims
    ]
    return Section(
        "Who says who did it, and who denies it", (Bullets(tuple(lines) or (Line("Nobody names an actor."),)),)
    )


def _response(record: Incident, refs: dict[str, int]) -> Section | None:
    lines = [
        Line(
            f"{label(r.type.value)}{f' by {country_name(r.by)}' if r.by else ''}{f': {r.detail}' if r.detail else ''}.",
            (),
            _refs(r.sources, refs),
        )
        for r in record.responses
    ]
    for c in record.consequences:
        numbers = [v for v in (c.low, c.best, c.high) if v is not None]
        shown = "" if not numbers else f" ({'-'.join(str(v) for v in sorted({numbers[0], numbers[-1]}))} {c.unit})"
        lines.append(
            Line(
                f"Consequence: {label(c.type.value)}{shown}{f', {c.detail}' if c.detail else ''}; "
                f"caused by: {label(c.caused_by.value)}.",
                (),
                _refs(c.sources, refs),
            )
        )
    return Section("Response and consequences", (Bullets(tuple(lines)),)) if lines else None


def _timeline(record: Incident, refs: dict[str, int]) -> Grid:
    rows = tuple(
        (
            entry.on or "undated",
            entry.who,
            entry.what + (f" [{', '.join(map(str, _refs(entry.sources, refs)))}]" if entry.sources else ""),
        )
        for entry in timeline(record)
    )
    return Grid("", ("date", "who", "what"), rows)


def _open(record: Incident) -> Section | None:
    lines = [Line(f"Not known: {text}") for text in record.unknowns]
    lines += [Line(f"Sources disagree: {text}") for text in record.conflicts]
    return Section("What we do not know", (Bullets(tuple(lines)),)) if lines else None


def _related(record: Incident) -> Section | None:
    lines = tuple(
        Line(f"{label(r.type.value)}: {r.to}{f' ({r.note})' if r.note else ''}", (r.to,)) for r in record.relations
    )
    return Section("Related incidents", (Bullets(lines),)) if lines else None


def _sources(record: Incident, footnotes: Footnotes) -> Section:
    by_url = {source.url: source for source in record.sources}
    listed = []
    for numbered in footnotes.sources:
        source = by_url[numbered.url]
        reason = source.reliability_reason or RELIABILITY_WORDS[source.reliability]
        relayed = f" relaying {source.origin}" if source.origin and source.origin != source.publisher else ""
        published = partial_words(source.published_on) if source.published_on else "undated"
        listed.append(
            Reference(
                number=numbered.number,
                who=f"{source.publisher}{relayed}, {published}",
                grade=f"{source.reliability.value} ({reason})",
                url=source.url,
                archive_url=source.archive_url or "",
                note=source.note or ", ".join(source.supports),
            )
        )
    return Section("Sources", (References(tuple(listed)),))
