"""What survives: killed writers, many writers, two first uses at once, any sequence of changes.

The figures are reached with ``INCIDENTS_KILLS=500 INCIDENTS_EDITS=200 pytest tests/store/test_store_reliability.py``;
by default fewer rounds keep the suite quick.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from incidents.errors import IncidentsError
from incidents.model import Incident
from incidents.query import Query, select
from incidents.store import Store, open_store
from incidents.store.revision import LIVE, MERGED, RETRACTED, SPLIT, canonical_json
from tests.store.desk import write_until_killed
from tests.worlds import make_incident, make_source

KILLS = int(os.environ.get("INCIDENTS_KILLS", "12"))
EDITS = int(os.environ.get("INCIDENTS_EDITS", "10"))
WRITERS = 8
ROOT = Path(__file__).parents[2]
WHO: dict[str, Any] = {"author": "ann", "reason": "test"}


def _kill_one(target: str, round_: int, wait_s: float) -> list[tuple[str, int, str]]:
    """Return what a writer said was saved before it was killed."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            write_until_killed(target, writer, round_)
        finally:
            os._exit(3)
    os.close(writer)
    time.sleep(wait_s)
    os.kill(child, signal.SIGKILL)
    with os.fdopen(reader, encoding="utf-8") as pipe:
        lines = pipe.read().splitlines()
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1]), "the writer failed before it was killed"
    return [(id_, int(number), note) for id_, number, note in (line.split(" ") for line in lines)]


def test_a_writer_killed_at_any_moment_loses_nothing_it_was_told_is_saved(tmp_path: Path) -> None:
    target = str(tmp_path / "store.sqlite")
    with open_store(target, bundled=False) as store:
        store.add_many([make_incident("PL-2025-001"), make_incident("PL-2025-002")], **WHO)
    chance = random.Random(1)
    told = [one for n in range(KILLS) for one in _kill_one(target, n, chance.uniform(0.0, 0.25))]
    with open_store(target, bundled=False) as store:
        report = store.verify()
        assert report.faults == ()
        reasons = {(r.incident_id, r.number): r.reason for r in store.revisions()}
    assert told, "no writer got as far as one revision"
    assert [one for one in told if reasons.get(one[:2]) != one[2]] == []
    print(f"{KILLS} kills: {len(told)} acknowledged, {report.revisions} revisions, 0 lost, 0 faults")


def test_many_writers_at_once_lose_no_update(url: str) -> None:
    with open_store(url, bundled=False) as store:
        store.add_many([make_incident("PL-2025-001"), make_incident("PL-2025-002")], **WHO)
    command = [sys.executable, "-m", "tests.store.desk", url]
    writers = [
        subprocess.Popen([*command, f"w{n}", str(EDITS)], cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
        for n in range(WRITERS)
    ]
    errors = [writer.communicate()[1].decode() for writer in writers]
    assert [w.returncode for w in writers] == [0] * WRITERS, "\n".join(errors)
    with open_store(url, bundled=False) as store:
        notes = [note for id_ in ("PL-2025-001", "PL-2025-002") for note in store.get(id_).unknowns]
        assert sorted(notes) == sorted(f"w{n}:{k}" for n in range(WRITERS) for k in range(EDITS))
        assert store.verify().faults == ()


def test_two_first_uses_at_once_load_the_bundled_records_once(url: str) -> None:
    code = "import sys; from incidents.store import open_store; open_store(sys.argv[1]).close()"
    both = [subprocess.Popen([sys.executable, "-c", code, url], cwd=ROOT, stderr=subprocess.PIPE) for _ in range(2)]
    errors = [one.communicate()[1].decode() for one in both]
    assert [one.returncode for one in both] == [0, 0], "\n".join(errors)
    with open_store(url) as store:
        assert {r.number for r in store.revisions()} == {1}
        assert store.verify().faults == ()


class Curation(RuleBasedStateMachine):
    """Any sequence of changes, against a plain list of every state each id ever had."""

    ids: Bundle[str] = Bundle("ids")

    def __init__(self) -> None:
        super().__init__()
        self.store: Store = open_store(":memory:", bundled=False)
        self.seen: dict[str, list[str]] = {}

    def teardown(self) -> None:
        self.store.close()

    def note(self) -> None:
        """Remember states that are new since the last look."""
        for revision in self.store.revisions():
            states = self.seen.setdefault(revision.incident_id, [])
            if revision.number > len(states):
                states.append(revision.record)

    def attempt(self, change: Any, *args: Any, **kwargs: Any) -> None:
        """Make a change that may be refused; a refusal must leave no trace."""
        before = self.store.verify()
        try:
            change(*args, **WHO, **kwargs)
        except IncidentsError:
            assert self.store.verify() == before
        self.note()

    @rule(target=ids, title=st.sampled_from(["a", "b"]), key=st.sampled_from(["x", "y", "z"]))
    def add(self, title: str, key: str) -> str:
        data = make_incident(title=title, sources=(make_source(), make_source(key))).model_dump(mode="json")
        added = self.store.add_new([{k: v for k, v in data.items() if k not in ("id", "territories")}], **WHO)
        self.note()
        return added[0].id

    @rule(id_=ids, title=st.sampled_from(["a", "b", "c"]))
    def edit(self, id_: str, title: str) -> None:
        self.attempt(self.store.edit, id_, lambda r: r.model_copy(update={"title": title}))

    @rule(id_=ids, word=st.sampled_from(["p", "q"]))
    def note_unknown(self, id_: str, word: str) -> None:
        self.attempt(self.store.edit, id_, lambda r: r.model_copy(update={"unknowns": (*r.unknowns, word)}))

    @rule(id_=ids)
    def retract(self, id_: str) -> None:
        self.attempt(self.store.retract, id_)

    @rule(one=ids, other=ids)
    def merge(self, one: str, other: str) -> None:
        self.attempt(self.store.merge, one, other)

    @rule(id_=ids)
    def unmerge(self, id_: str) -> None:
        self.attempt(self.store.unmerge, id_)

    @rule(id_=ids)
    def split(self, id_: str) -> None:
        def parts(record: Incident) -> list[dict[str, Any]]:
            return [{"title": record.title + "1"}, {"title": record.title + "2"}]

        self.attempt(self.store.split, id_, parts)

    @rule(id_=ids)
    def undo(self, id_: str) -> None:
        self.attempt(self.store.undo, id_)

    @rule(id_=ids, to=st.integers(1, 4))
    def restore(self, id_: str, to: int) -> None:
        self.attempt(self.store.undo, id_, to=to)

    @invariant()
    def every_past_state_is_there_bit_for_bit(self) -> None:
        for id_, states in self.seen.items():
            assert [r.record for r in self.store.history(id_)] == states
            assert [canonical_json(r.incident()) for r in self.store.history(id_)] == states

    @invariant()
    def every_id_ever_issued_leads_somewhere(self) -> None:
        for entry in self.store.entries():
            ends = [entry.id]
            for _ in range(50):
                found = [self.store.entry(end) for end in ends]
                ends = [to for one in found for to in (one.redirect if one.state in (MERGED, SPLIT) else (one.id,))]
                if all(one.state in (LIVE, RETRACTED) for one in found):
                    break
            else:
                raise AssertionError(f"{entry.id} leads in a circle")
            assert ends

    @invariant()
    def the_list_shows_the_live_ones(self) -> None:
        live = [entry.record for entry in self.store.entries() if entry.state == LIVE]
        assert list(self.store.select(Query())) == select(live, Query())
        assert self.store.verify().faults == ()


Curation.TestCase.settings = settings(
    max_examples=int(os.environ.get("INCIDENTS_SEQUENCES", "15")),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestCuration = pytest.mark.filterwarnings("default")(Curation.TestCase)
