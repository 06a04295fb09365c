"""States side by side. Incidents and objects stand in columns of their own and are never added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from incidents.model import Status
from incidents.report.document import Grid, Section
from incidents.report.summary import NATO, Summary
from incidents.stats import count_objects
from incidents.wording import country_name, objects_short


def comparison(summaries: Sequence[Summary]) -> Grid:
    """Return the states side by side. Incidents and objects stand in columns of their own and are never added."""
    rows = []
    for summary in summaries:
        statuses = {row.key: row.incidents for row in summary.breakdowns["status"]} if summary.counted.ids else {}
        outcomes = {row.key: row.incidents for row in summary.breakdowns["outcome"]} if summary.counted.ids else {}
        last = max((r.occurred.last_day for r in summary.incidents), default=None)
        rows.append(
            (
                summary.name,
                str(summary.counted.incidents),
                str(statuses.get("confirmed", 0)),
                objects_short(summary.counted.objects),
                str(outcomes.get("shot_down", 0)),
                str(summary.refuted.value),
                str(last or ""),
            )
        )
    header = ("state", "incidents", "confirmed", "objects", "shot down", "refuted", "latest")
    caption = (
        "Counted for NATO; confirmed by an authority or two independent origins; objects low to high, + is open above"
    )
    return Grid(caption, header, tuple(rows), numbers=frozenset({1, 2, 3, 4, 5}))


def members(summary: Summary) -> Section | None:
    """Return the members side by side, for the overview of the alliance."""
    if summary.subject != NATO or not summary.counted.ids:
        return None
    by_id = {record.id: record for record in summary.incidents}
    rows = []
    for row in sorted(summary.breakdowns["country"], key=lambda row: (-row.nato, row.key)):
        records = [by_id[id_] for id_ in row.nato_ids]
        if records:
            statuses = Counter(record.status for record in records)
            latest = max(record.occurred.last_day for record in records)
            rows.append(
                (
                    country_name(row.key),
                    str(row.nato),
                    *(str(statuses[status]) for status in (Status.CONFIRMED, Status.PROBABLE, Status.UNRESOLVED)),
                    objects_short(count_objects(records)),
                    str(latest),
                )
            )
    header = ("member", "incidents", "confirmed", "probable", "unresolved", "objects", "latest")
    caption = "An incident over several members counts for each; objects are low to high, + is open above"
    return Section("Members", (Grid(caption, header, tuple(rows), numbers=frozenset({1, 2, 3, 4, 5})),))
