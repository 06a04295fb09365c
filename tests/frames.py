"""Frames under the column contract of `maps.frame`, invented for tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import geopandas as gpd
import shapely

HOSTILE = [
    "<script>window.PWN=1</script>",
    "</script><script>window.PWN=1</script>",
    "<img src=x onerror=window.PWN=1>",
    '"><svg onload=window.PWN=1>',
    "' onmouseover='window.PWN=1",
    '" autofocus onfocus="window.PWN=1',
    "${window.PWN=1}",
    "`${window.PWN=1}`",
    "`);window.PWN=1;(`",
    "\\`${window.PWN=1}",
    "\\",
    "C:\\2019\\u0027\\x27",
    "{{ 7*7 }}{% raw %}",
    "{{ this._parent }}",
    "<!-- <script>",
    "]]><script>window.PWN=1</script>",
    "<style>*{display:none}</style>",
    "<iframe srcdoc='<script>parent.PWN=1</script>'></iframe>",
    "<a href='javascript:window.PWN=1'>x</a>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=window.PWN=1>",
    "<template><img src=x onerror=window.PWN=1></template>",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "</textarea></title></style><img src=x onerror=window.PWN=1>",
    "&lt;script&gt;window.PWN=1&lt;/script&gt;",
    "&#x3C;img src=x onerror=window.PWN=1&#x3E;",
    "line\u2028separator\u2029paragraph",
    "right\u202eot tfel",
    "zero\u200bwidth\u200djoiner\ufeff",
    "__proto__",
    "constructor",
    "null",
    "=cmd|' /C calc'!A0",
    "Příliš žluťoučký кінь 爆炸 🚁",
]
"""Titles that try to run, to break out or to hide."""

HOSTILE_URLS = [
    "javascript:window.PWN=1",
    "JaVaScRiPt:window.PWN=1",
    " javascript:window.PWN=1",
    "java\nscript:window.PWN=1",
    "data:text/html,<script>window.PWN=1</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "//evil.example/x",
    'https://user"><img src=x onerror=window.PWN=1>@example.org/',
    "http://[::1",
]
"""Addresses that must not become a link that runs or leaves the web."""

_OBJECTS = ("drone", "fighter", "balloon", "cruise_missile", "unknown")
_STATUSES = ("confirmed", "probable", "unresolved", "confirmed")
_COUNTRIES = ("PL", "RO", "EE", "LT", "DK")


def make_row(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return one site of an invented incident; `point` is ``(lon, lat)`` or None."""
    day = date(2022, 3, 1) + timedelta(days=number * 7 % 1700)
    country = _COUNTRIES[number % len(_COUNTRIES)]
    return {
        "incident_id": f"{country}-{day.year}-{number:03}",
        "title": f"Object no. {number} crosses the border",
        "summary": "It flew in and out.",
        "earliest": day.isoformat(),
        "latest": day.isoformat(),
        "when": f"{day:%d %B %Y}",
        "when_text": "on that night",
        "countries": [country],
        "object_class": _OBJECTS[number % len(_OBJECTS)],
        "objects": "1 object, drone",
        "status": _STATUSES[number % len(_STATUSES)],
        "status_words": "confirmed (Ministry)",
        "legal_class": "airspace violation",
        "actors": ["RU"] if number % 2 else [],
        "airspace": "computed: inside (land)",
        "claims": ["Ministry says it was Russia"],
        "denials": ["Embassy denies it"],
        "responses": ["scramble by Poland"],
        "outcome": "left",
        "unknowns": ["Where it was launched"],
        "sources": [
            {"publisher": "Agency", "date": "1 March 2024", "url": f"https://example.org/{number}"},
            {"publisher": "Ministry", "date": "", "url": "https://example.com/note"},
        ],
        "related": [],
        "site": f"Place {number}",
        "role": "over",
        "radius_m": 5000.0,
        "is_primary": True,
        "point": (18.0 + number * 0.37 % 9, 46.0 + number * 0.53 % 12),
        **changes,
    }


def make_frame(rows: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    """Return the frame of such rows, EPSG:4326."""
    points = [None if row["point"] is None else shapely.Point(row["point"]) for row in rows]
    names = [name for name in make_row() if name != "point"]
    return gpd.GeoDataFrame({name: [row[name] for row in rows] for name in names}, geometry=points, crs="EPSG:4326")


def many(count: int) -> gpd.GeoDataFrame:
    """Return a frame of `count` invented incidents with titles and texts of ordinary length."""
    text = "Radar followed one object that crossed the border and left again; fighters took off and saw nothing. " * 2
    return make_frame(
        [
            make_row(n, incident_id=f"PL-2025-{n:05}", title=f"Drone no. {n} over the border district", summary=text)
            for n in range(1, count + 1)
        ]
    )
