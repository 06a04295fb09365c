# ruff: noqa: E501 - articles are kept on one line
"""From article to reviewed incident on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from incidents.cli.main import group

ARTICLE = (
    "Russian jets over Estonia\n"
    "Three Russian MiG-31 fighters entered Estonian airspace near Vaindloo on 19 September and stayed for twelve minutes.\n"
    "A drone was seen over Kaunas airport in Lithuania on Sunday night. <b>Flights</b> were halted.\n"
)


@pytest.fixture
def desk(tmp_path: Path) -> Any:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    db = str(tmp_path / "t.sqlite")

    def run(*args: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(group, ["--db", db, *args], input=stdin, env={"INCIDENTS_AUTHOR": "ana"})

    run.article = str(tmp_path / "article.txt")  # type: ignore[attr-defined]
    run.folder = tmp_path  # type: ignore[attr-defined]
    return run


def queued(desk: Any) -> list[dict[str, Any]]:
    done = desk("candidates", "--status", "all", "--format", "json")
    assert done.exit_code == 0, done.output
    found: list[dict[str, Any]] = json.loads(done.stdout)["candidates"]
    return found


def ingest(desk: Any) -> None:
    done = desk("ingest", desk.article, "--published", "2025-09-23")
    assert done.exit_code == 0, done.output


def test_dry_run_stores_nothing_and_shows_quotes_and_links(desk: Any) -> None:
    done = desk("ingest", desk.article, "--published", "2025-09-23", "--dry-run", "--format", "json")
    found = json.loads(done.stdout)["candidates"]
    assert [(c["country"], c["link"]["verdict"]) for c in found] == [("EE", "duplicate"), ("LT", "new")]
    assert all(
        ARTICLE[e["start"] : e["end"]] == e["quote"] for c in found for listed in c["evidence"].values() for e in listed
    )
    assert queued(desk) == []


def test_linking_adds_a_source_and_never_an_incident(desk: Any) -> None:
    ingest(desk)
    before = json.loads(desk("show", "EE-2025-005", "--format", "json").stdout)
    done = desk("accept", "C-1", "--link", "EE-2025-005")
    assert done.exit_code == 0, done.output
    after = json.loads(desk("show", "EE-2025-005", "--format", "json").stdout)
    assert len(after["sources"]) == len(before["sources"]) + 1
    assert after["sources"][-1]["url"].startswith("urn:sha256:")
    assert queued(desk)[0]["status"] == "linked"
    assert desk("accept", "C-1", "--link", "EE-2025-005").exit_code == 1


def test_link_does_the_same_as_accepting_with_a_link(desk: Any) -> None:
    ingest(desk)
    done = desk("link", "C-1", "EE-2025-005", "--reason", "the article tells of it")
    assert done.exit_code == 0, done.output
    assert queued(desk)[0]["status"] == "linked"
    assert desk("link", "EE-2025-005", "EE-2025-004", "--reason", "x").exit_code == 2


def test_accepting_makes_an_unresolved_incident_and_remembers_it_is_another(desk: Any) -> None:
    ingest(desk)
    done = desk("accept", "C-2")
    assert done.exit_code == 0, done.output
    new = done.stdout.split("\t")[0]
    record = json.loads(desk("show", new, "--format", "json").stdout)
    assert record["status"] == "unresolved"
    assert record["countries"] == ["LT"]
    assert record["confidence"] == "low"
    again = desk("ingest", desk.article, "--published", "2025-09-23")
    assert "0 candidates queued, 2 known already" in again.stderr


def test_rejecting_needs_a_reason_and_keeps_the_candidate(desk: Any) -> None:
    ingest(desk)
    assert desk("reject", "C-2").exit_code == 2
    assert desk("reject", "C-2", "--reason", "a star", "--not-same", "LT-2025-001").exit_code == 0
    assert [c["status"] for c in queued(desk)] == ["open", "rejected"]
    refused = desk("accept", "C-2")
    assert refused.exit_code == 1
    assert "rejected already" in refused.output


def test_review_decides_one_key_at_a_time_and_resumes(desk: Any) -> None:
    ingest(desk)
    first = desk("review", stdin="q")
    assert "C-1  1 of 2" in first.output
    assert "[Estonian] airspace" in first.output
    second = desk("review", stdin="l\n" + "e" + "country=LV\n" + "rwrong place\n")
    assert second.exit_code == 0, second.output
    assert [(c["status"], c["country"]) for c in queued(desk)] == [("linked", "EE"), ("rejected", "LV")]
    assert "No open candidates" in desk("review", stdin="").output


def test_a_wrong_edit_is_refused_and_says_what_is_known(desk: Any) -> None:
    ingest(desk)
    done = desk("review", "--from", "C-2", stdin="e" + "colour=red\n" + "e" + "date.earliest=soon\n" + "q")
    assert "No field 'colour'" in done.output
    assert "date.earliest = 'soon'" in done.output
    assert queued(desk)[1]["status"] == "open"


def test_the_page_escapes_the_article(desk: Any, tmp_path: Path) -> None:
    ingest(desk)
    page = tmp_path / "r.html"
    assert desk("review", "--html", str(page)).exit_code == 0
    text = page.read_text(encoding="utf-8")
    assert "&lt;b&gt;" in text
    assert "<b>Flights" not in text
    assert "<mark" in text
    assert "http://" not in text
    assert "https://" not in text


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("e.txt", b"", "empty"),
        ("b.txt", b"\x89PNG\r\n\x1a\n\x00", "binary"),
        ("p.txt", "W nocy dron wleciał nad Polskę i spadł na pole pod wsią.".encode(), "English"),
    ],
)
def test_bad_input_is_one_line_exit_one_and_stores_nothing(desk: Any, name: str, content: bytes, message: str) -> None:
    path = desk.folder / name
    path.write_bytes(content)
    done = desk("ingest", desk.article, str(path), "--published", "2025-09-23")
    assert done.exit_code == 1
    assert message in done.stderr
    assert done.stderr.startswith("Error: ")
    assert queued(desk) == []
    kept = desk("ingest", desk.article, str(path), "--published", "2025-09-23", "--skip-bad")
    assert kept.exit_code == 1
    assert len(queued(desk)) == 2


def test_a_missing_publication_date_is_asked_for(desk: Any) -> None:
    done = desk("ingest", desk.article)
    assert done.exit_code == 1
    assert "--published" in done.stderr
