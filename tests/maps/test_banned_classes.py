"""The classes of folium that put text into markup are not used in `maps`."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import maps

BANNED = {"Popup", "Tooltip", "GeoJsonPopup", "GeoJsonTooltip", "DivIcon", "IFrame", "Html"}


def banned_names(source: str) -> set[str]:
    """Return the banned names that Python source uses, however they are reached."""
    used = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name):
            used.add(node.id)
        elif isinstance(node, ast.Attribute):
            used.add(node.attr)
        elif isinstance(node, ast.alias):
            used.add(node.name.rsplit(".", 1)[-1])
    return used & BANNED


def test_maps_uses_none_of_them() -> None:
    folder = Path(maps.__file__).parent
    found = {path.name: banned_names(path.read_text(encoding="utf-8")) for path in folder.rglob("*.py")}
    assert {name: used for name, used in found.items() if used} == {}


@pytest.mark.parametrize(
    "source", ["import folium\nfolium.Popup('x')", "from folium import Tooltip as T", "import folium as f\nf.DivIcon()"]
)
def test_the_check_can_actually_fail(source: str) -> None:
    assert banned_names(source)


def test_the_front_end_never_writes_markup() -> None:
    folder = Path(maps.__file__).parent / "web"
    for path in sorted(folder.glob("*.js")):
        script = path.read_text(encoding="utf-8")
        for sink in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
            "bindPopup",
        ):
            assert sink not in script, f"{path.name} uses {sink}"
