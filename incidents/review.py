"""From candidates to records: queue, accept, link, edit, reject. A candidate is never a fact until a person says so."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from incidents.errors import IncidentsError
from incidents.linkage import Event, Link, Verdict, event_of_candidate, event_of_incident, find_link

if TYPE_CHECKING:
    from incidents.model import Incident, Source
    from incidents.sources.documents.document import Document
    from incidents.store.candidates import Extracted
    from incidents.store.store import Store

OPEN, ACCEPTED, LINKED, REJECTED = "open", "accepted", "linked", "rejected"
STATUSES = (OPEN, ACCEPTED, LINKED, REJECTED)
_SUPPORTS = {
    "country": "countries",
    "date": "occurred",
    "object_class": "objects",
    "count": "objects",
    "actor": "attributions",
    "denied": "attributions",
    "sites": "sites",
    "outcome": "outcome",
    "responses": "responses",
}


class ReviewError(IncidentsError, ValueError):
    """A decision on a candidate cannot be carried out."""


@dataclass(frozen=True)
class Found:
    """A candidate with its document and its proposed link, before or without storing."""

    document: Document
    candidate: Mapping[str, Any]
    link: Link

    def to_json_dict(self) -> dict[str, Any]:
        """Return the candidate's fields with document and link beside them."""
        return {**self.candidate, "document": document_fields(self.document), "link": self.link.to_json_dict()}


def document_fields(document: Document) -> dict[str, Any]:
    """Return what is kept of a document beside its text."""
    return {
        "source": document.source,
        "url": document.url,
        "title": document.title,
        "publisher": document.publisher,
        "published": None if document.published is None else document.published.isoformat(),
        "published_from": document.published_from,
        "sha256": digest(document.text),
    }


def digest(text: str) -> str:
    """Return the SHA-256 of a document's text, its identity where it has no address."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def links_for(
    candidates: Sequence[Mapping[str, Any]],
    known: Iterable[Event],
    *,
    not_same: Iterable[tuple[str, str]] = (),
    keys: Sequence[str] = (),
) -> list[Link]:
    """Return the proposed link of each candidate against recorded incidents and open candidates."""
    listed, apart = list(known), frozenset(not_same)
    names = list(keys) or [f"candidate {n}" for n in range(1, len(candidates) + 1)]
    return [
        find_link(event_of_candidate(data, name), listed, not_same=apart)
        for data, name in zip(candidates, names, strict=True)
    ]


def known_events(store: Store | None) -> list[Event]:
    """Return the recorded incidents as linkage sees them; without a store, the bundled ones."""
    if store is None:
        from incidents.dataset import load_bundled

        return [event_of_incident(record) for record in load_bundled()]
    from incidents.query import Query

    return [event_of_incident(record) for record in store.select(Query(include_refuted=True))]


def open_events(store: Store) -> list[Event]:
    """Return the open candidates as linkage sees them."""
    return [event_of_candidate(c.data["candidate"], c.id) for c in store.candidates(OPEN)]


def queue(store: Store, found: Sequence[Found], *, author: str) -> list[str]:
    """Store candidates for review and return their ids; what the same text gave before is not queued again."""
    seen = {
        (
            c.data["document"]["sha256"],
            c.data["candidate"]["country"],
            str(c.data["candidate"]["evidence"].get("event")),
        )
        for c in store.candidates()
    }
    fresh = []
    for item in found:
        data: dict[str, Any] = {
            "candidate": dict(item.candidate),
            "document": document_fields(item.document),
            "link": item.link.to_json_dict(),
            "text": item.document.text,
        }
        key = (data["document"]["sha256"], item.candidate["country"], str(item.candidate["evidence"].get("event")))
        if key not in seen:
            fresh.append(data)
    return store.add_candidates(fresh, author=author) if fresh else []


def source_of(data: Mapping[str, Any]) -> Source:
    """Return the candidate's document as a source, with the fields its words support."""
    from incidents.model import Source

    document, candidate = data["document"], data["candidate"]
    url = document["url"] or f"urn:sha256:{document['sha256']}"
    publisher = (
        document["publisher"]
        or urlsplit(url).hostname
        or re.sub(r"^.*[/\\]", "", document["source"])
        or "unnamed document"
    )
    stem = re.sub(r"[^a-z0-9]+", "-", publisher.lower()).strip("-")[:30] or "document"
    supports = tuple(dict.fromkeys(_SUPPORTS[name] for name in candidate["evidence"] if name in _SUPPORTS))
    return Source(
        key=f"{stem}-{document['published']}",
        url=url,
        publisher=publisher,
        title=document["title"],
        published_on=document["published"],
        language="en",
        supports=supports,
        note=f"Read by machine ({candidate['extractor']}), confirmed in review.",
    )


def link_candidate(
    store: Store, candidate_id: str, incident_ids: str | Sequence[str], *, author: str, reason: str = ""
) -> list[Incident]:
    """Say that a candidate is a recorded incident: its document becomes a source there. Never adds an incident.

    Linking again, or a document that is a source already, changes nothing. `incidents undo` on the incident and
    `Store.undo_candidate` take it back.

    Raises
    ------
    ReviewError
        If the candidate was decided otherwise before.
    """
    from incidents.curation import with_source

    found = _open(store, candidate_id)
    source = source_of(found.data)
    targets = [incident_ids] if isinstance(incident_ids, str) else list(incident_ids)
    records = [store.get(target.upper()) for target in targets]
    grounds = reason or f"{found.id} tells of this incident"
    done = []
    for record in records:
        if all(known.url != source.url for known in record.sources):
            store.edit(record.id, lambda now: with_source(now, source)[0], author=author, reason=grounds)
        done.append(store.get(record.id))
    store.update_candidate(
        found.id, LINKED, {"incidents": [r.id for r in records]}, author=author, reason=grounds, expected=OPEN
    )
    return done


def accept(store: Store, candidate_id: str, *, author: str, reason: str = "", title: str = "") -> Incident:
    """Make a candidate a new incident, unresolved until an editor assesses it, and return it.

    Incidents it was proposed as a duplicate of are remembered as different events.
    """
    found = _open(store, candidate_id)
    grounds = reason or f"accepted {found.id} in review"
    record = store.add_new([incident_fields(found.data, title=title)], author=author, reason=grounds)[0]
    link = found.data.get("link") or {}
    for other in [link.get("to"), *link.get("also", ())]:
        if other and not str(other).startswith("C-"):
            store.mark_not_same(record.id, str(other), author=author, reason=grounds)
            store.mark_not_same(found.id, str(other), author=author, reason=grounds)
    store.update_candidate(found.id, ACCEPTED, {"incidents": [record.id]}, author=author, reason=grounds, expected=OPEN)
    return record


def reject(store: Store, candidate_id: str, *, author: str, reason: str) -> Extracted:
    """Reject a candidate; it stays on record with the reason."""
    found = _open(store, candidate_id)
    return store.update_candidate(found.id, REJECTED, {}, author=author, reason=reason, expected=OPEN)


def edit(store: Store, candidate_id: str, settings: Mapping[str, Any], *, author: str, reason: str = "") -> Extracted:
    """Correct fields of an open candidate, such as ``{"country": "LT", "date.earliest": "2025-09-10"}``.

    Raises
    ------
    ReviewError
        If a field is unknown or a value breaks its rule.
    """
    from pydantic import ValidationError

    from incidents.dataset import describe_faults
    from incidents.extract.candidate import CandidateIncident

    found = _open(store, candidate_id)
    data = _copied(found.data["candidate"])
    for path, value in settings.items():
        place: Any = data
        *way, last = path.split(".")
        for step in way:
            place = place.get(step) if isinstance(place, dict) else None
        if not isinstance(place, dict) or last not in place or path.split(".")[0] == "evidence":
            raise ReviewError(
                f"No field {path!r} in a candidate. Known: {', '.join(k for k in data if k != 'evidence')}, "
                "date.earliest, date.latest, count.low, count.high."
            )
        place[last] = value
    try:
        checked = CandidateIncident.model_validate(data).to_json_dict()
    except ValidationError as error:
        raise ReviewError("\n".join(describe_faults(error))) from error
    grounds = reason or "corrected in review: " + ", ".join(settings)
    return store.update_candidate(
        found.id, OPEN, found.decision, author=author, reason=grounds, data={**found.data, "candidate": checked}
    )


def relink(store: Store, candidate_id: str) -> Link:
    """Return the proposed link of a candidate as the store stands now."""
    found = store.candidate(candidate_id)
    others = [event for event in open_events(store) if event.key != found.id]
    return links_for(
        [found.data["candidate"]], [*known_events(store), *others], not_same=store.not_same(), keys=[found.id]
    )[0]


def _open(store: Store, candidate_id: str) -> Extracted:
    found = store.candidate(candidate_id.upper())
    if found.status != OPEN:
        raise ReviewError(
            f"{found.id} is {found.status} already. incidents candidates --status {OPEN} lists what is left."
        )
    return found


def _copied(data: Any) -> Any:
    import json

    return json.loads(json.dumps(data))


_CLASS_OF: dict[str, str] = {"missile": "unknown", "aircraft": "unknown"}
_MODEL_OF: dict[str, str] = {"missile": "missile, type not stated", "aircraft": "aircraft, type not stated"}


def incident_fields(data: Mapping[str, Any], *, title: str = "") -> dict[str, Any]:
    """Return the plain values of a new record from a candidate; what the article does not say stays unknown."""
    candidate, document = data["candidate"], data["document"]
    source = source_of(data)
    cited = [source.key]
    when = candidate["date"]
    name = candidate["object_class"]
    count = candidate["count"]
    is_known = count["low"] is not None or count["high"] is not None
    exact = count["low"] if count["low"] == count["high"] else None
    relayed = source.publisher
    attributions = []
    if candidate["actor"]:
        attributions.append(
            {
                "actor": candidate["actor"],
                "stance": candidate["actor_stance"] or "suspects",
                "by": relayed,
                "sources": cited,
            }
        )
        if candidate["denied"]:
            attributions.append(
                {"actor": candidate["actor"], "stance": "denies", "by": candidate["actor"], "sources": cited}
            )
    return {
        "title": title or _title(candidate),
        "countries": [candidate["country"]],
        "occurred": {
            "earliest": when["earliest"],
            "latest": when["latest"] or when["not_after"] or document["published"],
            "text": when["text"] or f"not stated; reported by {document['published']}",
        },
        "first_reported_on": document["published"],
        "legal_class": _legal_class(candidate),
        "assessments": [
            {
                "status": "unresolved",
                "by": "editors",
                "on": document["published"],
                "note": "one report, read by machine and accepted in review",
                "sources": cited,
            }
        ],
        "objects": [
            {
                "object_class": _CLASS_OF.get(name, name),
                "model": candidate["model"] or _MODEL_OF.get(name, ""),
                "counts": [{"low": count["low"], "best": exact, "high": count["high"], "by": relayed, "sources": cited}]
                if is_known
                else [],
                "sources": cited,
            }
        ],
        "sites": [_site(site, candidate["country"], cited) for site in candidate["sites"]],
        "attributions": attributions,
        "responses": [{"type": r["type"], "detail": r["detail"], "sources": cited} for r in candidate["responses"]],
        "outcome": candidate["outcome"],
        "sources": [source.model_dump(mode="json")],
        "confidence": "low",
        "confidence_reason": "One report.",
        "unknowns": list(candidate["review_flags"]),
        "compiled_on": document["published"],
    }


def _site(site: Mapping[str, Any], country: str, cited: list[str]) -> dict[str, Any]:
    placed = site["lon"] is not None and site["radius_m"] is not None
    return {
        "name": site["name"],
        "role": site["role"],
        **({key: site[key] for key in ("lon", "lat", "radius_m", "method")} if placed else {}),
        "country": country,
        "sources": cited,
    }


def _title(candidate: Mapping[str, Any]) -> str:
    what = candidate["object_class"].replace("_", " ")
    what = "unidentified object" if what == "unknown" else what
    low = candidate["count"]["low"]
    head = (
        what.capitalize()
        if low in (None, 1)
        else f"{what.capitalize()}s"
        if not what.endswith("aircraft")
        else what.capitalize()
    )
    where = f" at {candidate['sites'][0]['name']}" if candidate["sites"] else ""
    from incidents.wording import country_name

    return f"{head} reported{where} in {country_name(candidate['country'])}"


def _legal_class(candidate: Mapping[str, Any]) -> str:
    rules = [found["rule"] for found in candidate["evidence"].get("event", ())]
    roles = {site["role"] for site in candidate["sites"]}
    if (
        any(rule.startswith(("entry/", "down/")) and not rule.endswith("/place") for rule in rules)
        or candidate["actor"]
    ):
        return "sovereign_violation"
    if roles & {"airport", "military_site"} or any(rule.startswith("closure/") for rule in rules):
        return "restricted_airspace"
    if any(rule.startswith("fall/") for rule in rules):
        return "debris_found"
    return "sighting"


Decide = Callable[[str], str]
__all__ = [
    "ACCEPTED",
    "LINKED",
    "OPEN",
    "REJECTED",
    "STATUSES",
    "Found",
    "ReviewError",
    "Verdict",
    "accept",
    "digest",
    "document_fields",
    "edit",
    "incident_fields",
    "known_events",
    "link_candidate",
    "links_for",
    "open_events",
    "queue",
    "reject",
    "relink",
    "source_of",
]
