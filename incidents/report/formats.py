"""Every report format in one place: commands, help texts and tests read this."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from incidents.report.document import Document, Picture
from incidents.report.html import Drawer, render_html
from incidents.report.markdown import render_markdown
from incidents.report.text import render_text

Renderer = Callable[[Document, Any], str]

FORMATS: dict[str, Renderer] = {
    "text": lambda document, data: render_text(document),
    "md": lambda document, data: render_markdown(document),
    "html": lambda document, data: render_html(document, draw=drawer()),
    "json": lambda document, data: json.dumps(data, ensure_ascii=False, indent=1) + "\n",
}
"""Each takes the document and the plain data behind it."""


def drawer() -> Drawer:
    """Return what draws a document's pictures: charts by matplotlib, maps by `maps`."""
    from incidents.report.charts import alternative, draw
    from incidents.report.html import image
    from incidents.report.pictures import draw_map

    def drawn(picture: Picture) -> str | None:
        if picture.name in ("map", "site-map"):
            return draw_map(picture)
        svg = draw(picture.name, picture.data)
        return None if svg is None else image(svg, alternative(picture.name, picture.data, picture.alternative))

    return drawn
