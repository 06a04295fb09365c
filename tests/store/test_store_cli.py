"""The curation commands, driven as a user drives them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from incidents.cli.main import group
from incidents.store import open_store
from tests.worlds import make_incident

Run = Callable[..., Result]


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Where the store is: what the commands do on each engine is tested without them."""
    return str(tmp_path / "store.sqlite")


@pytest.fixture
def run(url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs a command on a small store and returns what it printed."""
    monkeypatch.setenv("INCIDENTS_AUTHOR", "ann")
    with open_store(url, bundled=False) as store:
        store.add_many(
            [make_incident(), make_incident("DK-2025-001", unknowns=("who",))], author="bundled", reason="load"
        )
        from incidents.store.append import set_meta
        from incidents.store.bundled import edition

        with store.database.writing() as connection:
            set_meta(connection, "dataset", edition())

    def command(*args: str, code: int = 0, text: str | None = None) -> Result:
        result = CliRunner().invoke(group, ["--db", url, *args], input=text, prog_name="incidents")
        assert result.exit_code == code, result.output
        return result

    return command


def record(run: Run, id_: str = "PL-2025-001") -> dict[str, object]:
    found: dict[str, object] = json.loads(run("history", id_, "--format", "json").stdout)[-1]["record"]
    return found


def test_an_assessment_changes_the_status_and_history_says_who_and_why(run: Run) -> None:
    run(
        *("assess", "DK-2025-001", "--status", "unresolved", "--by", "Danish police", "--on", "2025-10-10"),
        *("--note", "no trace", "--source", "https://www.politi.dk/x", "--reason", "follow-up"),
    )
    assert "DK-2025-001" in run("list", "--status", "unresolved").stdout
    history = run("history", "DK-2025-001").stdout
    assert re.search(r"2  .*ann  assess\n   follow-up\n   changed: assessments\[1\], sources\[1\]", history)
    assert "no faults" in run("db", "verify").stdout
    shown = run("diff", "DK-2025-001", "1", "2").stdout
    assert "Danish police" in shown
    assert "https://www.politi.dk/x" in shown


def test_set_changes_any_field_and_a_broken_value_changes_nothing(run: Run) -> None:
    run("edit", "PL-2025-001", "--set", "outcome=crashed", "--set", "unknowns[+]=who: when?", "--reason", "r")
    run("edit", "PL-2025-001", "--set", "objects[0].identified_by=[radar, photo]", "--reason", "r")
    now = record(run)
    assert (now["outcome"], now["unknowns"]) == ("crashed", ["who: when?"])
    assert now["objects"][0]["identified_by"] == ["radar", "photo"]  # type: ignore[index]
    run("edit", "PL-2025-001", "--set", "unknowns[0]=", "--reason", "r")
    assert record(run)["unknowns"] == []
    run("edit", "PL-2025-001", "--set", "unknowns[+]=one", "--set", "unknowns[+]=two", "--reason", "r")
    assert record(run)["unknowns"] == ["one", "two"]
    for broken in ("outcome=gone", "outcom=left", "sites[4].name=x", "objects[0].counts=3", "title=", "[=x", "a..b=1"):
        result = run("edit", "PL-2025-001", "--set", broken, "--reason", "r", code=1)
        assert result.output.startswith("Error: "), broken
    assert len(json.loads(run("history", "PL-2025-001", "--format", "json").stdout)) == 5


def test_a_change_without_reason_or_author_is_a_usage_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "--reason" in run("retract", "PL-2025-001", code=2).output
    monkeypatch.delenv("INCIDENTS_AUTHOR")
    assert "INCIDENTS_AUTHOR" in run("retract", "PL-2025-001", "--reason", "r", code=2).output


def test_a_stale_edit_names_what_changed(run: Run) -> None:
    run("edit", "PL-2025-001", "--set", "outcome=left", "--reason", "radar track")
    stale = run("edit", "PL-2025-001", "--set", "title=x", "--revision", "1", "--reason", "r", code=1)
    assert "radar track: outcome" in stale.output


def test_the_editor_sees_yaml_and_what_it_saves_is_checked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def editor(text: str, **_: object) -> str:
        seen.append(text)
        return text.replace("A drone crosses the border", "Edited by hand")

    monkeypatch.setattr("click.edit", editor)
    run("edit", "PL-2025-001", "--reason", "r")
    assert record(run)["title"] == "Edited by hand"
    assert "\nlegal_class: sovereign_violation\n" in seen[0]
    monkeypatch.setattr("click.edit", lambda text, **_: text.replace("sovereign_violation", "nonsense"))
    broken = run("edit", "PL-2025-001", "--reason", "r", code=1)
    assert "legal_class = 'nonsense'" in broken.output
    kept = Path(re.search(r"Your text is in (\S+)\.", broken.output)[1])  # type: ignore[index]
    assert "nonsense" in kept.read_text()
    kept.unlink()
    monkeypatch.setattr("click.edit", lambda *_, **__: None)
    assert "nothing changed" in run("edit", "PL-2025-001", "--reason", "r").output


def test_an_edit_that_somebody_overtakes_in_the_editor_is_refused(
    run: Run, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def editor(text: str, **_: object) -> str:
        with open_store(url) as store:
            store.retract("DK-2025-001", author="bob", reason="other")
            store.edit("PL-2025-001", lambda r: r.model_copy(update={"summary": "b"}), author="bob", reason="meanwhile")
        return text.replace("A drone", "My drone")

    monkeypatch.setattr("click.edit", editor)
    assert "meanwhile: summary" in run("edit", "PL-2025-001", "--reason", "r", code=1).output


def test_the_template_can_be_added_as_it_is(run: Run, tmp_path: Path) -> None:
    template = run("add", "--template").stdout
    assert run("add", "-", "--reason", "r", text=template).stdout == "PL-2025-002\n"
    without_comments = re.sub(r"(?m)^(\s*)# ", r"\1", template.split("\n", 1)[1])
    without_comments = re.sub(r"(?m)^or restricted.*\n", "", without_comments)
    file = tmp_path / "whole.yaml"
    file.write_text(without_comments, encoding="utf-8")
    assert run("add", str(file), "--reason", "r").stdout == "PL-2025-003\n"


def test_an_incident_is_added_from_options(run: Run) -> None:
    added = run(
        *("add", "--title", "Drone near Tartu", "-c", "Estonia", "--on", "2025-09-12", "--object", "drone"),
        *("--place", "Tartu", "--at", "26.7,58.4,2000", "--source", "https://news.err.ee/1", "--reason", "press"),
    )
    assert added.stdout == "EE-2025-001\n"
    assert "EE-2025-001" in run("list", "--near", "26.7,58.4,5", "--source", "err.ee").stdout
    assert "--source" in run("add", "--title", "x", "--reason", "r", code=2).output


def test_json_is_added_too(run: Run) -> None:
    data = make_incident(title="😀").model_dump(mode="json", exclude={"id", "territories"})
    assert (
        run("add", "-", "--reason", "r", text=json.dumps([data, data], indent="\t")).stdout
        == "PL-2025-002\nPL-2025-003\n"
    )
    assert "😀" in run("list").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("assess", "PL-2025-001", "--status", "refuted", "--by", " ", "--on", "2025-10-10"),
        ("assess", "PL-2025-001", "--status", "refuted", "--by", "x", "--on", "2025-10-10", "--source", "ftp://x"),
        ("attribute", "PL-2025-001", "--actor", "", "--stance", "denies", "--by", "x"),
        ("edit", "PL-2025-001", "--set", "territories=[]"),
        ("merge", "PL-2025-001", "PL-2025-001"),
        ("link", "PL-2025-001", "PL-2025-001", "--relation", "same_wave"),
        ("link", "C-1", "PL-2025-001", "--relation", "same_wave"),
        ("unmerge", "PL-2025-001"),
        ("undo", "PL-2025-001"),
        ("undo", "PL-2025-001", "--to", "1"),
        ("undo", "PL-2025-001", "--to", "7"),
        ("history", "PL-2025-404"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words_and_changes_nothing(run: Run, arguments: tuple[str, ...]) -> None:
    reason = () if arguments[0] == "history" else ("--reason", "r")
    assert run(*arguments, *reason, code=1).output.startswith("Error: ")
    assert json.loads(run("db", "info", "--format", "json").stdout)["revisions"] == 2


@pytest.mark.parametrize(
    "text", ["[", "[" * 100_000, "3", "[1, 2]", "title: x", "[]", "- {title: a, countries: [PL]}", "\x00"]
)
def test_a_file_that_is_no_incident_adds_nothing(run: Run, text: str) -> None:
    assert run("add", "-", "--reason", "r", text=text, code=1).output.startswith("Error: ")
    assert "2 incidents" in run("list").stderr


def test_a_note_that_is_no_text_is_refused_in_words(run: Run) -> None:
    given = ("link", "PL-2025-001", "DK-2025-001", "--relation", "same_wave", "--reason", "r", "--note", "\udcff")
    assert run(*given, code=1).output.startswith("Error: relation:")
    assert run("retract", "PL-2025-001", "--reason", "\udcff", code=1).output.startswith("Error: ")
    assert "2 incidents" in run("list").stderr


def test_a_key_given_twice_adds_nothing(run: Run) -> None:
    text = run("add", "--template").stdout + "title: Another title\n"
    assert "the key 'title' is there twice" in run("add", "-", "--reason", "r", text=text, code=1).output


def test_merge_unmerge_split_link_and_undo_are_told_and_taken_back(run: Run) -> None:
    run("merge", "DK-2025-001", "PL-2025-001", "--reason", "same")
    assert record(run)["unknowns"] == ["who"]
    assert "PL-2025-001" in run("show", "DK-2025-001", "--format", "json").stdout
    assert "leads to PL-2025-001" in run("history", "DK-2025-001").stdout
    assert "merged into" in run("retract", "DK-2025-001", "--reason", "r", code=1).output
    run("unmerge", "DK-2025-001", "--reason", "two after all")
    assert record(run)["unknowns"] == []
    run("link", "DK-2025-001", "PL-2025-001", "--relation", "not_duplicate_of", "--reason", "looked at both")
    parts = run(
        "edit", "PL-2025-001", "--set", "sites=[{name: a, role: over}, {name: b, role: over}]", "--reason", "r"
    ) and run("split", "PL-2025-001", "--site", "2", "--second-title", "Second", "--reason", "two drones")
    assert parts.stdout.split() == ["PL-2025-002", "PL-2025-003"]
    assert [s["name"] for s in record(run, "PL-2025-003")["sites"]] == ["b"]  # type: ignore[attr-defined]
    assert "split into PL-2025-002, PL-2025-003" in run("show", "PL-2025-001", code=1).output
    run("undo", "PL-2025-001", "--reason", "r")
    assert "2 incidents" in run("list").stderr
    run("retract", "DK-2025-001", "--reason", "r")
    assert "retracted on" in run("show", "DK-2025-001", code=1).output
    assert "no site 9" in run("split", "PL-2025-001", "--site", "9", "--reason", "r", code=1).output


def test_snapshots_and_stores_are_compared_with_reasons(run: Run, tmp_path: Path, url: str) -> None:
    run("snapshot", "--out", str(tmp_path / "s1"), "--on", "2025-10-01")
    run("retract", "PL-2025-001", "--reason", "a star")
    run("snapshot", "--out", str(tmp_path / "s2"), "--on", "2025-10-02")
    told = run("diff", str(tmp_path / "s1"), str(tmp_path / "s2")).stdout
    assert told.startswith("1 retracted.\n\nPL-2025-001 retracted: A drone crosses the border\n  revision 2, ")
    assert "ann: a star" in told
    run("db", "backup", str(tmp_path / "b.sqlite"))
    assert run("diff", str(tmp_path / "b.sqlite"), url).stdout == "No difference.\n"
    assert json.loads(run("diff", str(tmp_path / "s1"), url, "--format", "json").stdout)[0]["kind"] == "retracted"
    assert "No store or snapshot" in run("diff", str(tmp_path / "s1"), str(tmp_path / "no"), code=1).output
    assert "not a snapshot" in run("diff", str(tmp_path / "s1"), str(tmp_path), code=1).output
    assert "never overwritten" in run("snapshot", "--out", str(tmp_path / "s2"), code=1).output
    for wrong in (["x"], ["PL-2025-001", "1", "x"]):
        run("diff", *wrong, code=2)


def test_db_commands_tell_what_there_is(run: Run) -> None:
    facts = json.loads(run("db", "info", "--format", "json").stdout)
    assert (facts["incidents"], facts["revisions"], facts["added_here"]) == (2, 2, 2)
    assert "store.sqlite" in run("db", "url").stdout
    run("db", "vacuum")
    run("db", "migrate")
    assert "dry run" in run("db", "update", "--dry-run").stdout
    assert json.loads(run("db", "info", "--format", "json").stdout)["incidents"] == 2


def test_verify_fails_loudly(run: Run, url: str) -> None:
    with open_store(url) as store, store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE revision SET author = 'eve' WHERE seq = 1")
    result = run("db", "verify", code=1)
    assert "FAULT revision 1 of PL-2025-001 (seq 1)" in result.stdout


def test_terminal_escapes_in_a_reason_do_not_reach_the_terminal(run: Run) -> None:
    run("retract", "PL-2025-001", "--reason", "x\x1b[2Jy\nz")
    assert "\x1b" not in run("history", "PL-2025-001").stdout


def test_a_pair_of_unknown_incidents_is_not_remembered(run: Run, url: str) -> None:
    run("link", "PL-2025-404", "DK-2025-001", "--relation", "not_duplicate_of", "--reason", "r", code=1)
    run("link", "pl-2025-001", "DK-2025-001", "--relation", "not_duplicate_of", "--reason", "r")
    with open_store(url) as store:
        assert store.not_same() == {("DK-2025-001", "PL-2025-001")}
        assert store.get("DK-2025-001").relations[0].to == "PL-2025-001"
