# ruff: noqa: E501 - patterns and word lists read better unwrapped
"""Text to sentences and clauses. Every offset counts in the text as given."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SAME_LENGTH = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-",
     "‑": "-", "‐": "-", "−": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "\u200b": " ", "\u00ad": " "}
)  # fmt: skip
_ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr gen lt col maj capt sgt brig adm prof st sen rep gov no nos vs approx jan feb mar apr jun jul
    aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun u.s u.k u.n e.u a.m p.m i.e e.g etc
    inc ltd co fig vol ref reg km ft dept univ p pp
    """.split()  # noqa: SIM905
)
_END = re.compile(r"[.!?…]+[\"')\]]*(?=\s|$)")
_SKIP = re.compile(
    r"^\W*(?:(?:read (?:also|more|next)|see also|most read|also read|advertisement|subscribe|sign up|follow us|share this|copyright|©|recommended|trending|more from|"
    r"editing by|reporting by|additional reporting|reporting (?:by|for|from)|seo notes|meta description|headline optimi|related (?:articles?|stories|news|topics|content))\b|"
    r"(?:related|watch|photos?|images?|videos?|file photo|caption|illustration|tags?|keywords|source|credits?)\s*(?::|\(|/| - )|(?:file )?(?:photo|image) (?:by|credit|courtesy)\b).*",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"\s*;\s*|\s+-{1,2}\s+|\s*:\s+|,?\s+(?=(?:while|whereas|although|though|but|alongside|after|when|as(?!\s+(?:well|many|much|a|an|part|the)\b)|"
    r"before|following|because|since|amid|prompting|forcing|leading|causing|triggering|sparking|despite|unless|until|"
    r"which|who|where|if|that|in\s+response|due\s+to|nearly|saying|adding|including)\b)|"
    r"\s+and\s+(?=(?:[\w-]+\s+){0,4}?(?:drones?|UAVs?|jets?|aircraft|planes?|balloons?|missiles?|objects?|helicopters?|MiG-\d+s?)\s+(?:that\s+|also\s+)?"
    r"(?:was|were|had|have|has|entered|violated|flew|crossed|crashed|fell|strayed|breached|hit|struck|penetrated|landed|exploded|drifted|came|entering|violating|flying|crossing|breaching|falling|crashing)\b)|"
    r",\s+(?=(?:and|with|or|so|the\s+\w+\s+said|\w+\s+said)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Span:
    """A piece of the article."""

    start: int
    end: int


@dataclass(frozen=True)
class Sentence(Span):
    """A sentence, or a line that stands alone."""

    text: str
    """As read: typographic quotes, dashes and spaces folded one to one, so offsets hold."""
    number: int
    paragraph: int
    is_title: bool = False
    is_heading: bool = False

    @property
    def clauses(self) -> tuple[tuple[int, int], ...]:
        """Offsets of the clauses within the sentence."""
        cuts = [0]
        for match in _CLAUSE.finditer(self.text):
            if match.end() - cuts[-1] > 3:
                cuts.append(match.end())
        return tuple(zip(cuts, [*cuts[1:], len(self.text)], strict=True))


def fold_marks(text: str) -> str:
    """Return `text` with typographic marks as plain ones, character for character.

    >>> fold_marks("Poland’s — skies")
    "Poland's - skies"
    """
    return text.translate(_SAME_LENGTH)


def split_sentences(text: str) -> list[Sentence]:
    """Return the sentences of an article, lines first, without captions, credits and "Read also" lines."""
    plain = fold_marks(text)
    found: list[Sentence] = []
    paragraph = 0
    for line in re.finditer(r"[^\r\n]+", plain):
        if not line.group().strip() or _SKIP.match(line.group()):
            continue
        paragraph += 1
        pieces = list(_pieces(line.group()))
        for start, end in pieces:
            piece = line.group()[start:end]
            is_short = len(pieces) == 1 and len(piece.split()) <= 18 and piece.rstrip()[-1:] not in '.!?"…)'
            is_title = paragraph == 1 and len(pieces) == 1 and piece.rstrip()[-1:] not in ".…" and len(piece) < 220
            found.append(
                Sentence(line.start() + start, line.start() + end, piece, len(found), paragraph, is_title,
                         is_short and not is_title)
            )  # fmt: skip
    return found


def _pieces(line: str) -> list[tuple[int, int]]:
    pieces = []
    start = len(line) - len(line.lstrip())
    for match in _END.finditer(line):
        word = re.search(r"[\w.]+$", line[start : match.start()])
        if match.group()[0] == "." and word is not None and _is_abbreviation(word.group(), line[match.end() :]):
            continue
        rest = line[match.end() :].lstrip()
        if rest and rest[0].islower():
            continue
        pieces.append((start, match.end()))
        start = match.end() + len(line[match.end() :]) - len(rest)
    if line[start:].strip():
        pieces.append((start, len(line.rstrip())))
    return pieces


def _is_abbreviation(word: str, rest: str) -> bool:
    low = word.lower()
    if low in _ABBREVIATIONS:
        if low in ("u.s", "u.k", "u.n", "e.u", "a.m", "p.m", "etc", "inc", "co", "no", "km"):
            return (
                not re.match(r"\s+[A-Z][a-z]+\s+(?:[a-z]|said)", rest)
                if low != "no"
                else bool(re.match(r"\s*\d", rest))
            )
        return True
    return len(word) == 1 and word.isupper()


_ENGLISH = frozenset(
    """
    the a an of to in and that is was for on with as at by from it its be are were has have had said this
    which not they their been but after over into near who will he she his her or about no one two
    """.split()  # noqa: SIM905
)


def is_english(text: str) -> bool:
    """Return whether the words look English; texts too short to tell pass."""
    words = re.findall(r"[^\W\d_]+", text[:20_000].lower())
    if len(words) < 8:
        return bool(sum(w.isascii() for w in words) >= len(words) / 2)
    share: float = sum(word in _ENGLISH for word in words) / len(words)
    return share >= (0.12 if len(words) < 40 else 0.18)
