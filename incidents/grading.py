"""How far to believe it: credibility from independent origins, and the words of analytic confidence.

Two axes, kept apart as in the NATO Admiralty system: a source's *reliability* (A-F) is a judgement about the
publisher and stands in the record; the *credibility* (1-6) of the event is derived here from how many independent
origins report it. Confidence (ICD 203) is a third thing, the analyst's own, and is never fused with likelihood.
"""

from __future__ import annotations

from dataclasses import dataclass

from incidents.model import Confidence, Incident, Reliability, Says, Status

CREDIBILITY_WORDS = {
    1: "confirmed by independent origins",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "cannot be judged",
}

RELIABILITY_WORDS = {
    Reliability.A: "completely reliable",
    Reliability.B: "usually reliable",
    Reliability.C: "fairly reliable",
    Reliability.D: "not usually reliable",
    Reliability.E: "unreliable",
    Reliability.F: "cannot be judged",
}

CONFIDENCE_WORDS = {
    Confidence.HIGH: "high confidence",
    Confidence.MODERATE: "moderate confidence",
    Confidence.LOW: "low confidence",
}

_TERTIARY = ("wikipedia", "wikinews", "wikimedia")


@dataclass(frozen=True)
class Credibility:
    """A grade that explains itself."""

    grade: int
    reason: str
    origins: tuple[str, ...]
    has_official: bool
    is_denied: bool

    @property
    def words(self) -> str:
        """The grade in words."""
        return CREDIBILITY_WORDS[self.grade]


def independent_origins(incident: Incident) -> tuple[str, ...]:
    """Return the distinct origins behind the sources, sorted; encyclopedias relay others and are none."""
    names = {source.independent_origin for source in incident.sources}
    return tuple(sorted(name for name in names if not name.startswith(_TERTIARY)))


def credibility(incident: Incident) -> Credibility:
    """Return the Admiralty credibility of the event.

    Three independent origins, or two of which one is official, give 1; two, or one official, give 2; one gives 3;
    none gives 6. A statement that nothing entered the airspace lowers the grade by one, to 4 at worst.
    A refuted event is 5.
    """
    origins = independent_origins(incident)
    has_official = any(source.is_official for source in incident.sources)
    is_denied = any(claim.says is Says.OUTSIDE for claim in incident.territory_claims)
    number = len(origins)
    official = ", one of them official" if has_official and number > 1 else ", official" if has_official else ""
    if incident.status is Status.REFUTED:
        by = incident.assessment.by
        return Credibility(5, f"refuted by {by} on {incident.assessment.on}", origins, has_official, is_denied)
    if number == 0:
        return Credibility(6, "no independent origin", origins, has_official, is_denied)
    if number >= 3 or (number == 2 and has_official):
        grade = 1
    elif number == 2 or has_official:
        grade = 2
    else:
        grade = 3
    reason = f"{number} independent origin{'s' if number > 1 else ''}{official}"
    if is_denied:
        grade = min(grade + 1, 4)
        deniers = dict.fromkeys(claim.by for claim in incident.territory_claims if claim.says is Says.OUTSIDE)
        reason += f"; lowered because {', '.join(deniers)} says it was outside"
    return Credibility(grade, reason, origins, has_official, is_denied)
