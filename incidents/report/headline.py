"""What a report says first: the period, the sentence to quote, and what stands apart."""

from __future__ import annotations

from incidents.report.document import Line, Paragraph
from incidents.report.figure import counted
from incidents.report.summary import NATO, Summary
from incidents.wording import day_words, join, objects_words


def headline(summary: Summary) -> str:
    """Return the one sentence to quote: how many incidents, of what standing, how many objects."""
    total = summary.counted
    if not total.incidents:
        return f"No incident over {_area(summary)} is recorded {_within(summary)}{_aside(summary)}."
    statuses = {row.key: row.incidents for row in summary.breakdowns["status"]}
    standing = join([f"{number} {status}" for status, number in sorted(statuses.items())])
    objects = total.objects
    countless = f", not counting {counted(objects.uncounted, 'incident')} without a number" if objects.uncounted else ""
    return (
        f"{counted(total.incidents, 'incident')} over {_area(summary)} {_within(summary)} ({standing} by the latest "
        f"assessment of each), involving {objects_words(objects)} objects{countless}."
    )


def _area(summary: Summary) -> str:
    return "NATO members" if summary.subject == NATO else summary.name


def _within(summary: Summary) -> str:
    since, until = summary.since, summary.until
    if since and until:
        return f"from {day_words(since)} to {day_words(until)}"
    if since:
        return f"since {day_words(since)}"
    return f"up to {day_words(until)}" if until else "in the records"


def period_words(summary: Summary) -> str:
    known = f", as known on {day_words(summary.as_of)}" if summary.as_of else ""
    within = _within(summary)
    shown = within[0].upper() + within[1:] if summary.since or summary.until else "All recorded incidents"
    return shown + known


def _aside(summary: Summary) -> str:
    parts = []
    if summary.apart.incidents:
        parts.append(f"{counted(summary.apart.incidents, 'incident')} outside membership")
    if summary.refuted.value:
        parts.append(f"{counted(summary.refuted.value, 'refuted incident')}")
    return f" ({join(parts)} apart)" if parts else ""


def opening(summary: Summary) -> Paragraph:
    lines = [Line(headline(summary), summary.counted.ids)]
    if summary.apart.incidents:
        why = (
            f"before {summary.name} acceded on {day_words(summary.joined)}"
            if summary.joined
            else "over states that were no members on the day"
            if summary.subject == NATO
            else f"over {summary.name}, which is not a member of NATO"
        )
        lines.append(
            Line(
                f"Apart from these, {counted(summary.apart.incidents, 'incident')} {why} "
                f"{'is' if summary.apart.incidents == 1 else 'are'} kept and not counted for NATO.",
                summary.apart.ids,
            )
        )
    if summary.refuted.value:
        verb = "was" if summary.refuted.value == 1 else "were"
        lines.append(Line(f"{counted(summary.refuted.value, 'further incident')} {verb} refuted.", summary.refuted.ids))
    return Paragraph(tuple(lines))
