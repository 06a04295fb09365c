"""The small static maps in a report, drawn by `maps`."""

from __future__ import annotations

import base64

from incidents.model import Incident
from incidents.report.document import Picture
from incidents.report.summary import NATO, Summary


def draw_map(picture: Picture) -> str | None:
    """Return an ``<img>`` with the map of a summary or of one incident, or None where nothing is placed."""
    from markupsafe import escape

    data = picture.data
    records = [data] if isinstance(data, Incident) else list(data.incidents) if isinstance(data, Summary) else []
    records = [record for record in records if any(site.is_placed for site in record.sites)]
    if not records:
        return None
    from incidents.frame import to_frame
    from maps import render_picture

    focus = data.subject if isinstance(data, Summary) and data.subject != NATO else None
    png = render_picture(to_frame(records), fmt="png", title="", focus=focus, size=(7.2, 4.6), dpi=110)
    encoded = base64.b64encode(png).decode("ascii")
    return f'<img alt="{escape(picture.alternative)}" src="data:image/png;base64,{encoded}">'
