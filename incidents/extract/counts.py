# ruff: noqa: E501 - patterns and word lists read better unwrapped
"""How many: number words and quantifiers to ranges."""

from __future__ import annotations

import re

_WORDS = {
    "a": 1, "an": 1, "one": 1, "single": 1, "lone": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip
_EXACT = {
    "a pair of": 2, "pair of": 2, "a couple of": 2, "a trio of": 3, "trio of": 3, "both": 2, "a dozen": 12,
    "another": 1, "a third": 1, "a second": 1,
}  # fmt: skip
_OPEN = {
    "several": 2, "multiple": 2, "many": 2, "numerous": 2, "various": 2, "some": 2, "a few": 2, "few": 2, "a number of": 2, "a group of": 2,
    "a swarm of": 2, "swarms of": 2, "a series of": 2, "a wave of": 2, "dozens of": 24, "dozens": 24, "tens of": 20, "scores of": 40, "a handful of": 2,
    "more than a dozen": 13, "over a dozen": 13, "nearly two dozen": 20, "hundreds of": 200, "about a dozen": 10, "two dozen": 24, "around two dozen": 22, "nearly a dozen": 10, "plural": 2,
}  # fmt: skip
_LEAST = r"(?:at least|no fewer than|no less than|not less than|minimum of)\s+"
_MORE = r"(?:more than|over|upwards of|in excess of)\s+"
_MOST = r"(?:up to|at most|as many as|no more than|fewer than|less than)\s+"
_ABOUT = r"(?:about|around|some|roughly|approximately|nearly|almost|an estimated|close to|a total of|all|the|these|those|only|just|another|reportedly|possibly|probably)\s+"
_TENS = (
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[-\s](?:one|two|three|four|five|six|seven|eight|nine)"
)
_PLAIN = rf"(?:\d{{1,3}}(?!\d)|{_TENS}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
NUMBER = (
    rf"(?:(?:{'|'.join(re.escape(w) for w in sorted([*_EXACT, *_OPEN], key=len, reverse=True))})"
    rf"|between\s+{_PLAIN}\s+and\s+{_PLAIN}(?=\s)|(?<![-\w]){_PLAIN}\s*(?:-|to|or)\s*{_PLAIN}(?=\s)|(?<![-\w]){_PLAIN})"
)
QUANTITY = rf"(?:(?:{_LEAST}|{_MORE}|{_MOST}|{_ABOUT})*{NUMBER})"
_NUMBER_ONLY = re.compile(rf"^{NUMBER}$", re.I)
_RANGE = re.compile(rf"^(?:between\s+)?({_PLAIN})\s*(?:-|to|or|and)\s*({_PLAIN})$", re.I)


def _value(word: str) -> int | None:
    word = word.lower().strip()
    if word.isdigit():
        return int(word)
    if word in _WORDS:
        return _WORDS[word]
    tens, _, unit = re.sub(r"\s", "-", word).partition("-")
    return _WORDS[tens] + _WORDS[unit] if tens in _WORDS and unit in _WORDS else None


def is_vague(phrase: str) -> bool:
    """Return whether a quantity only says "more than one"."""
    words = " ".join(phrase.lower().split())
    return number_value(words) == (2, None)


def number_value(phrase: str) -> tuple[int, int | None] | None:
    """Return ``(low, high)`` of a number phrase without hedges; `high` is None where it is open.

    >>> number_value("between two and four"), number_value("several"), number_value("a pair of")
    ((2, 4), (2, None), (2, 2))
    """
    words = " ".join(phrase.lower().split())
    if words in _OPEN:
        return _OPEN[words], None
    if words in _EXACT:
        return _EXACT[words], _EXACT[words]
    match = _RANGE.match(words)
    if match:
        low, high = _value(match[1]), _value(match[2])
        if low is not None and high is not None and low < high:
            return low, high
    value = _value(words)
    return None if value is None else (value, value)


def quantity(phrase: str) -> tuple[int | None, int | None] | None:
    """Return ``(low, high)`` of a quantity with its hedges.

    >>> quantity("at least 19"), quantity("up to three"), quantity("more than 20")
    ((19, None), (None, 3), (21, None))
    """
    words = " ".join(phrase.lower().split())
    if number_value(words) is not None:
        return number_value(words)
    kind = ""
    while True:
        for name, pattern in (("least", _LEAST), ("more", _MORE), ("most", _MOST), ("about", _ABOUT)):
            match = re.match(pattern, words)
            if match:
                kind = name if name != "about" or not kind else kind
                if re.match(r"(?:nearly|almost|close to)\s", words):
                    kind = "nearly"
                words = words[match.end() :]
                break
        else:
            break
    found = number_value(words)
    if found is None:
        return None
    low, high = found
    if kind == "least":
        return low, None
    if kind == "more":
        return low + 1, None
    if kind == "most":
        return None, high
    return low, high
