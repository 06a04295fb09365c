"""A summary put into words: which sections a report has, and how each reads."""

from __future__ import annotations

from collections.abc import Sequence

from incidents.model import Incident
from incidents.report.colophon import METHOD, colophon
from incidents.report.document import (
    Bars,
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
    Spark,
)
from incidents.report.figure import Figure, counted
from incidents.report.headline import opening, period_words
from incidents.report.members import comparison, members
from incidents.report.sources import Footnotes, number_sources
from incidents.report.summary import NATO, Summary, every_month
from incidents.stats import Tally
from incidents.wording import (
    count_words,
    country_name,
    country_names,
    day_words,
    join,
    label,
    partial_words,
    status_words,
    time_words,
)

_LATEST = 10
_QUESTIONS = 8


def compose(summary: Summary, *, marking: str = "", latest: int = _LATEST) -> Document:
    """Return the report on `summary`."""
    footnotes = number_sources(summary.incidents[:latest])
    return Document(
        title=f"{summary.name}: airspace incidents",
        subtitle=period_words(summary),
        sections=(*body(summary, footnotes, latest=latest), _reading(), *_sources(footnotes, [summary], latest)),
        colophon=colophon(summary.as_of),
        marking=marking,
    )


def compose_several(summaries: Sequence[Summary], *, marking: str = "", latest: int = _LATEST) -> Document:
    """Return one report on several states: a comparison, then each state, with one list of sources."""
    footnotes = number_sources([record for summary in summaries for record in summary.incidents[:latest]])
    sections = [Section("Comparison", (comparison(summaries),))]
    for summary in summaries:
        sections += [
            Section(f"{summary.name}: {section.heading[0].lower()}{section.heading[1:]}", section.blocks)
            for section in body(summary, footnotes, latest=latest)
        ]
    return Document(
        title=f"Airspace incidents: {join([summary.name for summary in summaries])}",
        subtitle=period_words(summaries[0]),
        sections=(*sections, _reading(), *_sources(footnotes, summaries, latest)),
        colophon=colophon(summaries[0].as_of),
        marking=marking,
    )


def body(summary: Summary, footnotes: Footnotes, *, latest: int = _LATEST) -> tuple[Section, ...]:
    """Return the sections on one subject, without method and sources."""
    sections = [
        Section("Summary", (opening(summary), *_spark(summary), *_pictures(summary))),
        members(summary),
        Section("What happened", _breakdowns(summary)),
        _trend(summary),
        _serious(summary),
        _territory(summary),
        _responses(summary),
        _who(summary),
        _changes(summary),
        _unknowns(summary),
        _latest(summary, footnotes, latest),
    ]
    return tuple(section for section in sections if section is not None and section.blocks)


def _reading() -> Section:
    return Section("How to read this", (Bullets(tuple(Line(text) for text in METHOD)),))


def _pictures(summary: Summary) -> tuple[Block, ...]:
    if not summary.incidents:
        return ()
    placed = sum(1 for record in summary.incidents if record.territories)
    months = [(row.key, row.incidents) for row in summary.breakdowns["month"] if row.key != "unknown"]
    most = max(months, key=lambda pair: pair[1], default=None)
    peak = f"; most in {most[0]} ({most[1]})" if most else ""
    pictures: list[Block] = [
        Picture("map", f"Map of {counted(placed, 'placed incident')}", summary),
        Picture("months", f"Incidents by month and object{peak}", summary),
    ]
    if summary.subject == NATO:
        pictures.append(Picture("countries", "Incidents by member state", summary))
    pictures.append(Picture("hours", "Incidents by hour of day, where known", summary))
    pictures.append(Picture("depths", "Depth inside the border, where known", summary))
    return tuple(pictures)


_SPARK_MONTHS = 42


def _spark(summary: Summary) -> tuple[Spark, ...]:
    counts = {row.key: row.incidents for row in summary.breakdowns["month"] if row.key != "unknown"}
    if len(counts) < 2:
        return ()
    months = every_month(min(counts), max(counts))[-_SPARK_MONTHS:]
    return (Spark(months[0], months[-1], tuple(counts.get(month, 0) for month in months)),)


_BREAKDOWNS = {
    "class": "By legal class",
    "object": "By object",
    "status": "By status",
    "outcome": "By outcome",
    "year": "By year",
}


def _breakdowns(summary: Summary) -> tuple[Block, ...]:
    return tuple(_bars(name, summary.breakdowns[by], by) for by, name in _BREAKDOWNS.items() if summary.breakdowns[by])


def _bars(caption: str, rows: Sequence[Tally], by: str) -> Bars:
    ordered = rows if by == "year" else sorted(rows, key=lambda row: (-row.incidents, row.key))
    return Bars(
        caption,
        tuple((label(row.key), row.incidents) for row in ordered),
        tuple(row.ids for row in ordered),
    )


def _trend(summary: Summary) -> Section | None:
    trend = summary.trend
    if trend is None:
        return None
    difference = trend.current.value - trend.previous.value
    direction = "as many as" if difference == 0 else f"{abs(difference)} {'more' if difference > 0 else 'fewer'} than"
    lines = [
        Line(
            f"{counted(trend.current.value, 'incident')} began from {day_words(trend.since)} to "
            f"{day_words(trend.until)}: {direction} in the equal period before "
            f"({trend.previous.value}, {day_words(trend.previous_since)} to {day_words(trend.previous_until)}).",
            trend.current.ids + trend.previous.ids,
        )
    ]
    if trend.warning:
        lines.append(Line(trend.warning))
    return Section("Trend", (Paragraph(tuple(lines)),))


def _serious(summary: Summary) -> Section | None:
    if not summary.serious:
        return None
    rows = tuple(
        (item.kind, item.id, f"{item.title}: {item.value}{f' (by {item.by})' if item.by else ''}")
        for item in summary.serious
    )
    return Section("Most serious", (Grid("", ("what", "incident", "which"), rows, id_column=1),))


def _territory(summary: Summary) -> Section | None:
    place = summary.place
    if not place.by_zone:
        return None
    rows = [
        ("zone", _figures(place.by_zone)),
        ("answer", _figures(place.by_determination)),
        ("basis", _figures(place.by_basis)),
        ("nearest border", _figures(place.by_border, name=country_name)),
    ]
    return Section(
        "Whose airspace",
        (Grid("Incidents with at least one such site", ("", "incidents"), tuple((a, b) for a, b in rows if b)),),
    )


def _figures(figures: Sequence[Figure], name: object = None) -> str:
    words = name if callable(name) else label
    return ", ".join(f"{words(f.label)} {f.value}" for f in figures)


def _responses(summary: Summary) -> Section | None:
    if not summary.responses:
        return None
    blocks: list[Block] = [
        Bars(
            "What was done, by incidents",
            tuple((label(f.label), f.value) for f in summary.responses),
            tuple(f.ids for f in summary.responses),
        )
    ]
    if summary.responders:
        named = join([f"{country_name(f.label)} ({f.value})" for f in summary.responders[:8]])
        more = len(summary.responders) - 8
        lines = [Line(f"By whom: {named}{f', and {more} more' if more > 0 else ''}.")]
        blocks.append(Paragraph(tuple(lines)))
    return Section("Response", tuple(blocks))


_STANCES = {
    "asserts": "asserts that it was",
    "suspects": "suspects",
    "denies": "denies that it was",
    "disputes": "disputes that it was",
}


def _who(summary: Summary) -> Section | None:
    lines = [Line(_claim_words(f), f.ids) for f in (*summary.claims[:8], *summary.denials[:6])]
    hidden = max(0, len(summary.claims) - 8) + max(0, len(summary.denials) - 6)
    if summary.unknowns.unattributed.value:
        number = summary.unknowns.unattributed.value
        lines.append(Line(f"Nobody names an actor: {counted(number, 'incident')}.", summary.unknowns.unattributed.ids))
    if hidden:
        lines.append(Line(f"{counted(hidden, 'further claim')} in the incidents' own sheets."))
    return Section("Who says who did it", (Bullets(tuple(lines)),)) if lines else None


def _claim_words(claim: Figure) -> str:
    for stance, words in _STANCES.items():
        by, found, actor = claim.label.partition(f" {stance} ")
        if found:
            return f"{by} {words} {country_name(actor)}: {counted(claim.value, 'incident')}."
    return f"{claim.label}: {claim.value}."


def _changes(summary: Summary) -> Section | None:
    if summary.compare_to is None:
        return None
    lines = tuple(Line(f"{c.id} {c.title}: {c.detail}.", (c.id,)) for c in summary.changes)
    return Section(
        f"What changed since {day_words(summary.compare_to)}",
        (Bullets(lines),) if lines else (Paragraph((Line("Nothing."),)),),
    )


def _unknowns(summary: Summary) -> Section | None:
    unknowns = summary.unknowns
    kinds = (unknowns.unresolved, unknowns.undated, unknowns.unplaced, unknowns.conflicting_counts)
    lines = [Line(f"{counted(f.value, 'incident')} {f.label}.", f.ids) for f in kinds if f.value]
    lines += [Line(f"{id_}: {question}", (id_,)) for id_, question in unknowns.questions[:_QUESTIONS]]
    hidden = len(unknowns.questions) - _QUESTIONS
    if hidden > 0:
        lines.append(Line(f"{counted(hidden, 'further open question')} in the incidents' own sheets."))
    return Section("What we do not know", (Bullets(tuple(lines)),)) if lines else None


def _latest(summary: Summary, footnotes: Footnotes, latest: int) -> Section | None:
    listed = summary.incidents[:latest]
    if not listed:
        return None
    heading = "Incidents" if len(listed) == len(summary.incidents) else f"The latest {len(listed)} incidents"
    return Section(heading, (Bullets(tuple(incident_line(record, footnotes) for record in listed)),))


def incident_line(record: Incident, footnotes: Footnotes) -> Line:
    """Return one incident in a sentence, with its footnotes."""
    what = join([f"{count_words(g.count)} ({label(g.object_class.value)})" for g in record.objects])
    where = country_names(record.countries)
    return Line(
        f"{record.id}, {time_words(record.occurred)}, {where}: {record.title}. {what}; {label(record.outcome.value)}; "
        f"{status_words(record)}.",
        (record.id,),
        footnotes.of(record.id),
    )


def _sources(footnotes: Footnotes, summaries: Sequence[Summary], latest: int) -> tuple[Section, ...]:
    if not footnotes.sources:
        return ()
    listed = tuple(
        Reference(
            number=source.number,
            who=f"{source.publisher}, {partial_words(source.published_on) if source.published_on else 'undated'}",
            grade=source.reliability.value,
            url=source.url,
            archive_url=source.archive_url or "",
        )
        for source in footnotes.sources
    )
    hidden = sum(max(0, len(summary.incidents) - latest) for summary in summaries)
    if not hidden:
        return (Section("Sources", (References(listed),)),)
    note = Line(
        f"Of the incidents listed above; those of {counted(hidden, 'earlier incident')} are in their own sheets."
    )
    return (Section("Sources", (Paragraph((note,)), References(listed))),)
