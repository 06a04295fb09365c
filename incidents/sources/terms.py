"""Words of foreign tables for our vocabularies."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TypeVar

from incidents.model import ObjectClass, Status
from incidents.sources.entry import nearest_word

E = TypeVar("E", bound=StrEnum)

_OBJECTS = {
    ObjectClass.DRONE: (
        r"drones?|uavs?|uas|suas|uass|rpas|rpv|quad(ro)?copters?|multirotor|shahed\w*|gerbera|"
        r"geran\w*|orlan\w*|unmanned.*|dron\w*|drohne\w*"
    ),
    ObjectClass.CRUISE_MISSILE: r".*cruise missiles?|kh 55|kh 101|kalibr",
    ObjectClass.BALLISTIC_MISSILE: r".*ballistic missiles?|iskander",
    ObjectClass.AIR_DEFENCE_MISSILE: r"(air defen[cs]e|surface to air|anti aircraft) missiles?|sam|s 300|s 400",
    ObjectClass.FIGHTER: r"fighters?( jets?| aircraft)?|jets?|mig \w+|su (24|27|30|34|35)\w*|combat aircraft",
    ObjectClass.BOMBER: r"(strategic )?bombers?|tu (22|95|160)\w*",
    ObjectClass.RECONNAISSANCE_AIRCRAFT: r"recon\w*( aircraft| plane)?|spy planes?|il 20\w*|isr aircraft",
    ObjectClass.TRANSPORT_AIRCRAFT: (
        r"(military )?transport( aircraft| plane)?|cargo (aircraft|plane)|an (12|26|30|72)\w*|"
        r"il 76\w*"
    ),
    ObjectClass.HELICOPTER: r"helicopters?|helos?|mi (8|24|28)\w*|ka 52",
    ObjectClass.BALLOON: r"(weather |spy |smuggling |hot air )?balloons?|aerostats?",
    ObjectClass.LIGHT_AIRCRAFT: (
        r"(light |small |ultralight |civil(ian)? |private )?(aircraft|planes?|aeroplanes?)|"
        r"ultralights?|gliders?|cessna.*"
    ),
    ObjectClass.UNKNOWN: r"unknown( object)?|unidentified.*|ufo|uap|object|unclear|n a|not known",
}
_STATUSES = {
    Status.CONFIRMED: r"confirmed|verified|yes|true|proven",
    Status.PROBABLE: r"probable|likely|probably|credible",
    Status.UNRESOLVED: (
        r"unresolved|unconfirmed|unverified|unknown|open|pending|possible|no|false|reported|"
        r"not verified"
    ),
    Status.REFUTED: r"refuted|false alarm|disproved|debunked|denied|rejected|hoax",
}


def object_class(text: str) -> ObjectClass | None:
    """Return the class an object word means."""
    return _meaning(text, ObjectClass, _OBJECTS)


def status(text: str) -> Status | None:
    """Return the status a word means."""
    return _meaning(text, Status, _STATUSES)


def _meaning(text: str, kind: type[E], patterns: dict[E, str]) -> E | None:
    folded = " ".join(re.sub(r"[^\w]+", " ", text.casefold().replace("_", " ")).split())[:200]
    exact = exact_word(text, kind)
    if exact is not None:
        return exact
    return next((value for value, pattern in patterns.items() if re.fullmatch(pattern, folded)), None)


def exact_word(text: str, kind: type[E]) -> E | None:
    """Return the member that is this word, in any case, blanks for underscores."""
    folded = "_".join(text.strip().lower().replace("-", "_").split())
    return next((member for member in kind if member.value.lower() == folded), None)


def nearest(text: str, kind: type[E]) -> str:
    """Return the member's word most like `text`, or all of few."""
    return nearest_word(text, [member.value for member in kind])
