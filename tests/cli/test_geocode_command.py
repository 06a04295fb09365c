"""``incidents geocode``."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from geodata import online
from geodata.geocode import Place, geocode
from incidents.cli.main import group


def _run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(group, ["geocode", *words])
    return result.exit_code, result.stdout, result.stderr


def test_words_need_no_quotes() -> None:
    code, out, _ = _run("Chilia", "Veche")
    assert code == 0
    assert "29.2900  45.4200" in out
    assert "hand list" in out


def test_homonyms_are_marked() -> None:
    code, out, err = _run("Boguszewo", "--country", "Poland")
    assert code == 0
    assert "Boguszewo? (village" in out
    assert "--region" in err


def test_half_known_name_ends_with_a_suggestion() -> None:
    code, out, err = _run("Chilia Vecha")
    assert (code, out) == (1, "")
    assert "Did you mean Chilia Veche (RO)" in err


def test_pasted_coordinates_are_json_too() -> None:
    _, out, _ = _run("59.817N 26.361E", "--format", "json")
    assert json.loads(out)[0]["lon"] == pytest.approx(26.361)


def test_online_is_asked_only_when_told_and_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def ask(text: str, **_: object) -> list[Place]:
        asked.append(text)
        return geocode("Tulcea")

    monkeypatch.setattr(online, "ask", ask)
    _run("Qqqzzz")
    _run("Tulcea", "--online")
    assert asked == []
    assert _run("Qqqzzz", "--online")[0] == 0
    assert asked == ["Qqqzzz"]
