"""Closed vocabularies of the record. Every value is lower case and safe in a URL, a CSV cell and a file name.

Three absences differ everywhere: ``unknown`` (looked for, not known), an empty field (not reported) and
``not_applicable`` where a vocabulary has it.
"""

from __future__ import annotations

from enum import StrEnum


class LegalClass(StrEnum):
    """What kind of event this is in law. *Infringement* is an air-traffic term and is not used."""

    SOVEREIGN_VIOLATION = "sovereign_violation"
    RESTRICTED_AIRSPACE = "restricted_airspace"
    AIR_TRAFFIC_RULE = "air_traffic_rule"
    APPROACH_NO_ENTRY = "approach_no_entry"
    DEBRIS_FOUND = "debris_found"
    SIGHTING = "sighting"


class Status(StrEnum):
    """Whether the event took place, as somebody assessed it on a date."""

    CONFIRMED = "confirmed"
    PROBABLE = "probable"
    UNRESOLVED = "unresolved"
    REFUTED = "refuted"


class ObjectClass(StrEnum):
    """Class of the intruding object."""

    DRONE = "drone"
    FIGHTER = "fighter"
    BOMBER = "bomber"
    RECONNAISSANCE_AIRCRAFT = "reconnaissance_aircraft"
    TRANSPORT_AIRCRAFT = "transport_aircraft"
    HELICOPTER = "helicopter"
    CRUISE_MISSILE = "cruise_missile"
    BALLISTIC_MISSILE = "ballistic_missile"
    AIR_DEFENCE_MISSILE = "air_defence_missile"
    BALLOON = "balloon"
    LIGHT_AIRCRAFT = "light_aircraft"
    UNKNOWN = "unknown"


class IdentifiedBy(StrEnum):
    """How the class or model of an object became known."""

    WRECKAGE = "wreckage"
    RADAR = "radar"
    PHOTO = "photo"
    VISUAL = "visual"
    SIGNALS = "signals"
    STATEMENT = "statement"
    UNKNOWN = "unknown"


class CountUnit(StrEnum):
    """What a count counts. Different units are never added."""

    OBJECTS = "objects"
    GROUPS = "groups"
    WRECKS = "wrecks"


class SiteRole(StrEnum):
    """What happened at a site."""

    ENTRY = "entry"
    OVER = "over"
    EXIT = "exit"
    CLOSEST = "closest"
    CRASH = "crash"
    SHOOTDOWN = "shootdown"
    DEBRIS = "debris"
    AIRPORT = "airport"
    MILITARY_SITE = "military_site"


class PositionMethod(StrEnum):
    """Where the coordinates of a site come from."""

    REPORTED_COORDINATES = "reported_coordinates"
    GEOLOCATED = "geolocated"
    GAZETTEER = "gazetteer"
    SITE_CENTROID = "site_centroid"
    AREA_CENTROID = "area_centroid"
    BEARING_DISTANCE = "bearing_distance"


class YesNo(StrEnum):
    """A fact that is reported as yes, no or unknown."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Stance(StrEnum):
    """What a party says about an actor's responsibility."""

    ASSERTS = "asserts"
    SUSPECTS = "suspects"
    DENIES = "denies"
    DISPUTES = "disputes"


class ResponseType(StrEnum):
    """What was done about it."""

    TRACKED = "tracked"
    SCRAMBLE = "scramble"
    INTERCEPT = "intercept"
    ESCORT = "escort"
    WARNING = "warning"
    ENGAGED = "engaged"
    SHOT_DOWN = "shot_down"
    ELECTRONIC = "electronic"
    ALERT = "alert"
    AIRSPACE_CLOSED = "airspace_closed"
    AIRPORT_CLOSED = "airport_closed"
    GROUND_SEARCH = "ground_search"
    INVESTIGATION = "investigation"
    DETENTION = "detention"
    PROTEST = "protest"
    CONSULTATION = "consultation"
    ARTICLE_4 = "article_4"
    UNSC = "unsc"
    DEPLOYMENT = "deployment"
    BORDER_CLOSED = "border_closed"
    NONE_KNOWN = "none_known"
    OTHER = "other"


class Outcome(StrEnum):
    """What became of the object."""

    LEFT = "left"
    SHOT_DOWN = "shot_down"
    CRASHED = "crashed"
    LANDED = "landed"
    LOST_TRACK = "lost_track"
    RECOVERED = "recovered"
    UNKNOWN = "unknown"


class ConsequenceType(StrEnum):
    """Kind of harm or disruption."""

    DEATH = "death"
    INJURY = "injury"
    PROPERTY_DAMAGE = "property_damage"
    FIRE = "fire"
    AIRPORT_CLOSURE = "airport_closure"
    FLIGHT_DISRUPTION = "flight_disruption"
    EVACUATION = "evacuation"
    UTILITY_LOSS = "utility_loss"
    NONE_REPORTED = "none_reported"
    OTHER = "other"


class CausedBy(StrEnum):
    """What caused a consequence: the intruder, the defence against it, or precaution."""

    INTRUDER = "intruder"
    OWN_DEFENCE = "own_defence"
    PRECAUTION = "precaution"
    UNKNOWN = "unknown"


class Reliability(StrEnum):
    """NATO Admiralty source reliability: A completely reliable ... E unreliable, F cannot be judged."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Confidence(StrEnum):
    """Analytic confidence (ICD 203). Confidence is not likelihood; the two are never fused."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"


class RelationType(StrEnum):
    """How one incident relates to another."""

    SAME_WAVE = "same_wave"
    SAME_OBJECT = "same_object"
    DUPLICATE_OF = "duplicate_of"
    NOT_DUPLICATE_OF = "not_duplicate_of"
    FOLLOW_UP = "follow_up"


class TimePrecision(StrEnum):
    """How exactly the time of an event is known; derived from the span, never typed."""

    EXACT = "exact"
    HOUR = "hour"
    DAY = "day"
    NIGHT = "night"
    RANGE = "range"
    MONTH = "month"
    YEAR = "year"
    OPEN = "open"


class Says(StrEnum):
    """Whether a party says the object was inside or outside a state's airspace."""

    INSIDE = "inside"
    OUTSIDE = "outside"


class Basis(StrEnum):
    """On what a statement about territory rests."""

    COMPUTED = "computed"
    STATED_BY_STATE = "stated_by_state"
    BOTH_AGREE = "both_agree"
    CONFLICT = "conflict"
