"""Pictures for slides and print: same symbols, same bytes."""

from __future__ import annotations

import re
from datetime import date

import pytest

from maps import render_picture
from tests.frames import make_frame, make_row

ON = date(2026, 11, 1)
STARTS = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}


@pytest.mark.parametrize("fmt", sorted(STARTS))
def test_identical_input_gives_identical_bytes(fmt: str) -> None:
    frame = make_frame([make_row(n) for n in range(1, 8)])
    first, second = (render_picture(frame, fmt=fmt, title="Incidents", on=ON, data_version="1") for _ in range(2))
    assert first.startswith(STARTS[fmt])
    assert first == second


def test_the_vector_picture_carries_no_clock() -> None:
    svg = render_picture(make_frame([make_row()]), fmt="svg", title="t", on=ON, data_version="1").decode()
    assert not re.search(r"<dc:date>", svg)


@pytest.mark.parametrize("style", ["incidents", "choropleth", "density"])
def test_every_style_draws(style: str) -> None:
    frame = make_frame([make_row(n) for n in range(1, 8)])
    assert len(render_picture(frame, fmt="png", title="t", on=ON, style=style, data_version="1")) > 10_000


def test_an_empty_selection_is_still_a_picture() -> None:
    assert render_picture(make_frame([]), fmt="png", title="t", on=ON, data_version="1").startswith(STARTS["png"])


def test_a_title_with_dollars_is_text_not_mathematics() -> None:
    frame = make_frame([make_row(1, title="$\\frac{1}{")])
    assert render_picture(frame, fmt="png", title="$\\frac{$ costs", on=ON, data_version="1").startswith(STARTS["png"])
