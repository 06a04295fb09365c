"""How values of the vocabularies, dates and ranges read in a sentence."""

from __future__ import annotations

from datetime import UTC, date, datetime

from incidents.model import CountRange, Incident, Measure, SiteTerritory, Stance, TimePrecision, TimeSpan, last_day
from incidents.stats import Objects

_LABELS = {
    "sovereign_violation": "airspace violation",
    "restricted_airspace": "restricted airspace",
    "air_traffic_rule": "air traffic rule broken",
    "approach_no_entry": "approach without entry",
    "debris_found": "debris found",
    "sighting": "sighting",
    "unsc": "UN Security Council",
    "article_4": "Article 4 consultation",
    "lost_track": "track lost",
    "none_known": "none known",
    "unknown": "not known",
    "territorial_sea": "territorial sea",
}

_STANCES = {
    Stance.ASSERTS: "says it was",
    Stance.SUSPECTS: "suspects",
    Stance.DENIES: "denies it was",
    Stance.DISPUTES: "disputes that it was",
}


def label(value: str) -> str:
    """Return a vocabulary value as words.

    >>> label("cruise_missile")
    'cruise missile'
    """
    return _LABELS.get(value, value.replace("_", " "))


def stance_words(stance: Stance) -> str:
    """Return the verb of a stance, to stand between who says it and the actor."""
    return _STANCES[stance]


def country_name(code: str) -> str:
    """Return the name of a state for its code; what is no code comes back as it is."""
    from geodata.countries import get_country
    from geodata.errors import GeodataError

    if len(code) != 2 or not code.isupper():
        return code
    try:
        return get_country(code).name
    except GeodataError:
        return code


def country_names(codes: tuple[str, ...]) -> str:
    """Return the names joined for a sentence."""
    return join([country_name(code) for code in codes])


def join(words: list[str]) -> str:
    """Return words joined for a sentence.

    >>> join(["a", "b", "c"])
    'a, b and c'
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def day_words(day: date) -> str:
    """Return a day as a briefer writes it.

    >>> day_words(date(2025, 9, 9))
    '9 September 2025'
    """
    return f"{day.day} {day:%B %Y}"


def partial_words(partial: str) -> str:
    """Return a partial date as words, no more exact than it is.

    >>> partial_words("2025-09")
    'September 2025'
    """
    day = last_day(partial)
    return {4: f"{day.year}", 7: f"{day:%B %Y}"}.get(len(partial), day_words(day))


def time_words(occurred: TimeSpan) -> str:
    """Return when, as exactly as known: ``night of 9-10 September 2025``, ``by 27 April 2023``, ``March 2022``."""
    first, last = occurred.first_day, occurred.last_day
    match occurred.precision:
        case TimePrecision.OPEN:
            return f"by {day_words(last)}"
        case TimePrecision.MONTH:
            return f"{first:%B %Y}"
        case TimePrecision.YEAR:
            return f"{first.year}"
        case TimePrecision.NIGHT:
            return f"night of {_days(first, last)}"
    if first == last:
        clock = _clock(occurred)
        return f"{day_words(first)}{', ' + clock if clock else ''}"
    return f"between {day_words(first)} and {day_words(last)}"


def _days(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}-{day_words(last)}"
    return f"{first.day} {first:%B}-{day_words(last)}"


def _clock(occurred: TimeSpan) -> str:
    start, end = occurred.earliest, occurred.latest
    if not (isinstance(start, datetime) and isinstance(end, datetime)):
        return ""
    zone = f"UTC{start.isoformat()[-6:].removesuffix(':00')}" if start.utcoffset() else "UTC"
    return f"{start:%H:%M} ({zone})" if start == end else f"{start:%H:%M}-{end:%H:%M} ({zone})"


def dtg(moment: date | datetime) -> str:
    """Return the military date-time group, no more exact than the moment.

    >>> dtg(datetime(2025, 9, 19, 6, 58, tzinfo=UTC)), dtg(date(2025, 9, 19))
    ('190658ZSEP25', '19SEP25')
    """
    if isinstance(moment, datetime):
        return f"{moment.astimezone(UTC):%d%H%MZ%b%y}".upper()
    return f"{moment:%d%b%y}".upper()


def count_words(count: CountRange | None) -> str:
    """Return a count with its unit; what is not known is said."""
    if count is None or not count.is_known:
        return "number not known"
    one = (count.low, count.high) == (1, 1) or str(count) in ("1", "about 1")
    return f"{count} {count.unit.value.rstrip('s') if one else count.unit.value}"


def objects_words(objects: Objects) -> str:
    """Return objects over several incidents, as a range."""
    high = "open" if objects.high is None else str(objects.high)
    if objects.low == objects.best and high == str(objects.low):
        return str(objects.low)
    bounds = f"at least {objects.low}" if high == "open" else f"{objects.low}-{high}"
    return f"{bounds}, best estimate {objects.best}"


def objects_short(objects: Objects) -> str:
    """Return objects over several incidents for a table cell: ``20``, ``36-40``, ``138+``."""
    if objects.high is None:
        return f"{objects.low}+"
    return str(objects.low) if objects.low == objects.high else f"{objects.low}-{objects.high}"


def measure_words(measure: Measure, unit: str, *, scale: float = 1.0) -> str:
    """Return a measured range in `unit` after division by `scale`."""
    low, high = (
        None if v is None else f"{v / scale:.3g}" if v / scale < 1000 else f"{v / scale:.0f}"
        for v in (measure.low, measure.high)
    )
    if low == high or high is None or low is None:
        bound = "" if low == high else "at least " if high is None else "at most "
        return f"{bound}{low or high} {unit}"
    return f"{low}-{high} {unit}"


def duration_words(measure: Measure) -> str:
    """Return a duration in the unit a person would use."""
    most = measure.high if measure.high is not None else measure.low or 0
    if most < 120:
        return measure_words(measure, "seconds")
    return (
        measure_words(measure, "minutes", scale=60) if most < 3 * 3600 else measure_words(measure, "hours", scale=3600)
    )


def status_words(incident: Incident) -> str:
    """Return the status with who assesses it and when: confirmed is never said without who confirms."""
    assessment = incident.assessment
    return f"{assessment.status.value} ({assessment.by}, {partial_words(assessment.on)})"


def territory_words(territory: SiteTerritory) -> str:
    """Return the computed answer for one site with its grounds."""
    if territory.determination == "inside" and territory.country:
        where = f"inside {country_name(territory.country)} ({label(territory.zone)})"
    elif territory.determination == "outside" and territory.country:
        where = f"outside all members: airspace of {country_name(territory.country)}"
    elif territory.determination == "outside":
        where = "outside all members"
    elif territory.candidates:
        shares = ", ".join(f"{country_name(c.country)} {c.share:.0%}" for c in territory.candidates)
        where = f"{territory.determination} ({shares} of the disc)"
    else:
        where = territory.determination
    basis = {
        "both_agree": ", as claimed",
        "conflict": ", against what was claimed",
        "stated_by_state": "; claimed by the state",
    }
    return where + basis.get(territory.basis.value, "")
