"""The briefing folder as a briefer gets it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from incidents.brief.pack import Pack, fill
from incidents.brief.previous import changes_against, fingerprints
from incidents.model import Incident, Status
from incidents.query import Query
from tests.conftest import Cli
from tests.worlds import make_incident


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a" and values.get("href"):
            self.links.append(str(values["href"]))
        if values.get("id"):
            self.ids.add(str(values["id"]))


@pytest.fixture(scope="module")
def pack(bundled: list[Incident], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a briefing on three states."""
    folder = tmp_path_factory.mktemp("pack")
    query = Query(countries=frozenset({"EE", "DK", "FI"}))
    fill(folder, bundled, Pack(title="Baltic <brief>", query=query, marking="TLP:CLEAR"), progress=lambda what: None)
    return folder


def _pages(folder: Path) -> Iterator[tuple[Path, _Links]]:
    for path in sorted(folder.rglob("*.html")):
        links = _Links()
        links.feed(path.read_text(encoding="utf-8"))
        yield path, links


def test_every_link_is_relative_and_leads_somewhere(pack: Path) -> None:
    ids = {path: links.ids for path, links in _pages(pack)}
    checked = 0
    for path, links in _pages(pack):
        for link in links.links:
            if re.match(r"https?://", link):
                continue
            target, _, anchor = link.partition("#")
            found = path if not target else (path.parent / target).resolve()
            assert found.exists(), (path.name, link)
            if anchor and "=" not in anchor:
                assert anchor in ids[found], (path.name, link)
            checked += 1
    assert checked > 200


def test_the_selection_is_the_same_everywhere(pack: Path, bundled: list[Incident]) -> None:
    wanted = {
        r.id for r in bundled if r.status is not Status.REFUTED and not {"EE", "DK", "FI"}.isdisjoint(r.countries)
    }
    with (pack / "incidents.csv").open(encoding="utf-8", newline="") as stream:
        assert {row["id"] for row in csv.DictReader(stream)} == wanted
    assert {path.stem for path in (pack / "incidents").iterdir()} == wanted
    assert set(json.loads((pack / "pack.json").read_text(encoding="utf-8"))["incidents"]) == wanted


def test_hostile_titles_stay_text(pack: Path) -> None:
    assert "Baltic &lt;brief&gt;" in (pack / "index.html").read_text(encoding="utf-8")


def test_a_previous_briefing_tells_what_changed() -> None:
    old = [make_incident(), make_incident("PL-2025-002")]
    new = [make_incident(title="Another title"), make_incident("PL-2025-003")]
    kinds = {change.id: change.kind for change in changes_against(fingerprints(old), new)}
    assert kinds == {"PL-2025-001": "more known", "PL-2025-002": "gone", "PL-2025-003": "new"}


def test_brief_twice_gives_the_same_bytes_and_a_zip(cli: Cli, tmp_path: Path) -> None:
    for name in ("one", "two"):
        result = cli("brief", "--country", "HR", "--out", str(tmp_path / name / "b"), "--zip")
        assert result.exit_code == 0, result.stderr
    assert (tmp_path / "one" / "b.zip").read_bytes() == (tmp_path / "two" / "b.zip").read_bytes()


def test_a_briefing_without_incidents_says_so(cli: Cli, tmp_path: Path) -> None:
    result = cli("brief", "--until", "2001-01-01", "--out", str(tmp_path / "b"))
    assert result.exit_code == 0
    assert "nothing is left after --until" in result.stderr
    assert "No incident over NATO members is recorded" in (tmp_path / "b" / "index.html").read_text(encoding="utf-8")


def test_an_existing_folder_needs_overwrite(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "mine.txt").write_text("mine", encoding="utf-8")
    result = cli("brief", "--country", "HR", "--out", str(tmp_path / "b"))
    assert result.exit_code == 1
    assert "--overwrite" in result.stderr
    assert [path.name for path in (tmp_path / "b").iterdir()] == ["mine.txt"]
