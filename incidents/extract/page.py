# ruff: noqa: E501 - one long style sheet and its markup
"""Candidates as one offline page: the article with marked quotes beside the fields. All text is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any, Protocol


class Stored(Protocol):
    """What the page needs of a stored candidate."""

    @property
    def id(self) -> str:
        """Such as ``C-1``."""

    @property
    def data(self) -> dict[str, Any]:
        """Candidate, document, link and text."""


_STYLE = """
:root { color-scheme: light dark; --line: #8886; --mark: #ffe08a; --ink: #111; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 76rem; padding: 1rem; }
section { display: grid; grid-template-columns: minmax(18rem, 2fr) 3fr; gap: 1.5rem; border-top: 1px solid var(--line); padding: 1rem 0; }
h1 { font-size: 1.3rem; } h2 { grid-column: 1 / -1; font-size: 1.1rem; margin: 0; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; } th { text-align: left; vertical-align: top; padding-right: .8rem; font-weight: 600; white-space: nowrap; }
td { vertical-align: top; padding-bottom: .25rem; } q { color: inherit; opacity: .8; display: block; }
article { white-space: pre-wrap; overflow-wrap: anywhere; max-height: 34rem; overflow: auto; border-left: 3px solid var(--line); padding-left: 1rem; }
mark { background: var(--mark); color: var(--ink); border-radius: 2px; } mark[data-event] { background: #fff3cc; }
code { user-select: all; } @media (max-width: 50rem) { section { display: block; } article { max-height: none; margin-top: 1rem; } }
"""


def review_page(candidates: Iterable[Stored]) -> str:
    """Return the page; nothing in it is fetched from anywhere."""
    listed = list(candidates)
    body = "\n".join(_section(item.id, item.data) for item in listed) or "<p>No open candidates.</p>"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>Candidates for review</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{len(listed)} candidates for review</h1>\n"
        "<p>Extracted by machine, not facts. Marked words support the fields beside them.</p>\n"
        f"{body}\n</body>\n</html>\n"
    )


def _section(id_: str, data: dict[str, Any]) -> str:
    candidate, document, link = data["candidate"], data["document"], data["link"]
    rows = "\n".join(_row(name, _shown(name, candidate), candidate["evidence"].get(name, ())) for name in _FIELDS)
    target = " ".join(filter(None, [link["to"], *link.get("also", ())]))
    flags = "; ".join(candidate["review_flags"])
    command = (
        f"incidents accept {id_} --link {link['to']}" if link["verdict"] == "duplicate" else f"incidents accept {id_}"
    )
    title = document["title"] or document["source"]
    return (
        f'<section id="{escape(id_)}">\n<h2>{escape(id_)} &middot; {escape(title)} &middot; {escape(str(document["published"]))}</h2>\n'
        f"<div><table>\n{rows}\n<tr><th>check</th><td>{escape(flags) or '-'}</td></tr>\n"
        f"<tr><th>link</th><td>{escape(link['verdict'])} {escape(target)} ({escape('; '.join(link['reasons']))})</td></tr>\n"
        f"</table><p><code>{escape(command)}</code></p></div>\n<article>{_marked(data['text'], candidate['evidence'])}</article>\n</section>"
    )


_FIELDS = (
    "country",
    "date",
    "object_class",
    "count",
    "actor",
    "origin",
    "denied",
    "sites",
    "outcome",
    "responses",
    "role",
    "confidence",
)


def _shown(name: str, candidate: dict[str, Any]) -> str:
    value = candidate[name]
    if name == "date":
        return f"{value['earliest'] or 'not stated'} to {value['latest'] or value['not_after']}"
    if name == "count":
        return f"{value['low'] if value['low'] is not None else '?'} to {value['high'] if value['high'] is not None else '?'}"
    if name == "sites":
        return ", ".join(site["name"] for site in value) or "-"
    if name == "responses":
        return ", ".join(item["type"] for item in value) or "-"
    return "-" if value in (None, "") else str(value)


def _row(name: str, value: str, evidence: Iterable[dict[str, Any]]) -> str:
    quotes = "".join(f"<q>{escape(' '.join(found['quote'].split()))}</q>" for found in list(evidence)[:3])
    return f"<tr><th>{escape(name.replace('_', ' '))}</th><td>{escape(value)}{quotes}</td></tr>"


def _marked(text: str, evidence: dict[str, Any]) -> str:
    names: dict[int, str] = {}
    for name in sorted(evidence, key=lambda n: n != "event"):
        for found in evidence[name]:
            names.update(dict.fromkeys(range(found["start"], found["end"]), name))
    pieces, position = [], 0
    while position < len(text):
        field = names.get(position)
        end = position
        while end < len(text) and names.get(end) == field:
            end += 1
        run = escape(text[position:end])
        attribute = " data-event" if field == "event" else ""
        pieces.append(run if field is None else f'<mark title="{escape(field)}"{attribute}>{run}</mark>')
        position = end
    return "".join(pieces)
