"""The first page of a briefing: key numbers, map, a card for each state."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

from incidents.report.document import Document
from incidents.report.headline import opening
from incidents.report.summary import Summary


def render_index(
    *,
    title: str,
    overview: Summary,
    states: Sequence[Summary],
    document: Document,
    files: Sequence[tuple[str, str, str]],
    changes: Sequence[object],
    previous: str,
    picture: str | None,
) -> str:
    """Return the index page.

    Parameters
    ----------
    overview
        The figures over everything selected.
    states
        One summary a card.
    document
        Carries subtitle, marking and colophon.
    files
        ``(relative link, name, what it is for)``.
    picture
        Trusted markup of the static map, or None.
    """
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((resources.files("incidents.brief") / "index.html.j2").read_text("utf-8"))
    css = (resources.files("incidents.report") / "web" / "report.css").read_text("utf-8")
    return template.render(
        title=title,
        headline=" ".join(line.text for line in opening(overview).lines),
        overview=overview,
        states=sorted(states, key=lambda summary: (-summary.counted.incidents, summary.name)),
        document=document,
        files=files,
        changes=changes,
        previous=previous,
        picture=None if picture is None else Markup(picture),
        css=Markup(css),
        last=lambda summary: max((r.occurred.last_day for r in summary.incidents), default=None),
        statuses=lambda summary: {row.key: row.incidents for row in summary.breakdowns["status"]},
    )
