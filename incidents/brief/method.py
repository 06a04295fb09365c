"""The method note: rules, vocabularies, grading, versions, licences, what the columns mean."""

from __future__ import annotations

from enum import StrEnum

from incidents.export.columns import COLUMNS
from incidents.grading import CREDIBILITY_WORDS, RELIABILITY_WORDS
from incidents.model import LegalClass, ObjectClass, SiteRole, Status
from incidents.report.colophon import METHOD, colophon
from incidents.report.document import Bullets, Document, Grid, Line, Paragraph, Section
from incidents.wording import label

_MEANINGS: dict[str, str] = {
    "sovereign_violation": "entered a state's sovereign airspace without permission",
    "restricted_airspace": "in an airport's control zone or over a military site",
    "air_traffic_rule": "broke a rule of the air without entering sovereign airspace unlawfully",
    "approach_no_entry": "came close and did not enter",
    "debris_found": "wreckage or debris found; how and when it came may be unknown",
    "sighting": "somebody saw something; nothing more is established",
    "confirmed": "an authority, or two independent origins, established it; the record names who",
    "probable": "likely, and not established",
    "unresolved": "open: the reports neither hold nor fall",
    "refuted": "shown to be something else or nothing; kept, marked, never counted",
}


def method_document(*, marking: str = "") -> Document:
    """Return the note."""
    return Document(
        title="Method, vocabularies and licences",
        subtitle="How these figures came about, and what they do not say",
        sections=(
            Section("Rules", (Bullets(tuple(Line(text) for text in METHOD)),)),
            Section(
                "Territory",
                (
                    Paragraph(
                        (
                            Line(
                                "A site is a disc: a position with the radius within which the true place lies. Inside "
                                "means the whole disc lies in one state's airspace, outside that none of it does; "
                                "otherwise the answer is indeterminate and each state's share of the disc is given."
                            ),
                            Line(
                                "The basis says how geometry and word compare: both agree, stated by the state where "
                                "the geometry cannot settle it, conflict where they contradict, computed where nobody "
                                "made a claim."
                            ),
                        )
                    ),
                ),
            ),
            Section("Legal class", (_vocabulary(LegalClass),)),
            Section("Status", (_vocabulary(Status),)),
            Section(
                "Other vocabularies", (Bullets((_listed("Object class", ObjectClass), _listed("Site role", SiteRole))),)
            ),
            Section(
                "Grades",
                (
                    Grid(
                        "Source reliability",
                        ("grade", "means"),
                        tuple((k.value, v) for k, v in RELIABILITY_WORDS.items()),
                    ),
                    Grid("Credibility", ("grade", "means"), tuple((str(k), v) for k, v in CREDIBILITY_WORDS.items())),
                ),
            ),
            Section(
                "Columns of incidents.csv",
                (Grid("", ("column", "means"), tuple((c.name, c.description) for c in COLUMNS)),),
            ),
        ),
        colophon=colophon(None),
        marking=marking,
    )


def _vocabulary(enum: type[StrEnum]) -> Grid:
    return Grid("", ("value", "means"), tuple((m.value, _MEANINGS.get(m.value, label(m.value))) for m in enum))


def _listed(name: str, enum: type[StrEnum]) -> Line:
    return Line(f"{name}: {', '.join(member.value for member in enum)}.")
