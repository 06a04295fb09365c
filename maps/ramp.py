"""Counts in classes on a geometric scale, for colour ramps."""

from __future__ import annotations

from typing import Any

import numpy as np

from maps.style import RAMP


def class_edges(counts: dict[Any, int]) -> list[int]:
    most = max(counts.values(), default=0)
    edges: list[int] = []
    for step in range(1, len(RAMP) + 1):
        edge = int(np.ceil(most ** (step / len(RAMP))))
        if not edges or edge > edges[-1]:
            edges.append(edge)
    return edges


def class_of(count: int, edges: list[int]) -> int:
    place = next((i for i, edge in enumerate(edges) if count <= edge), len(edges) - 1)
    return min(len(RAMP) - 1, place + len(RAMP) - len(edges))
