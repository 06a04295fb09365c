"""Every change is a revision; nothing is lost, every id resolves. One suite over both engines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from incidents.model import Incident, RelationType
from incidents.query import Query
from incidents.store import Store, open_store
from incidents.store.errors import StaleRevisionError, StoreError, TombstoneError, UnknownIncidentError
from incidents.store.revision import canonical_json
from tests.worlds import make_incident, make_source

WHO: dict[str, Any] = {"author": "ann", "reason": "test"}


def titled(title: str) -> Callable[[Incident], Incident]:
    return lambda record: record.model_copy(update={"title": title})


def test_what_was_added_comes_back_whole_after_closing(url: str) -> None:
    record = make_incident(title="Łódź — “drone”\n'; DROP TABLE revision; --")
    with open_store(url, bundled=False) as store:
        store.add(record, **WHO)
    with open_store(url, bundled=False) as store:
        assert store.get("pl-2025-001") == record
        assert [(r.number, r.author, r.reason) for r in store.history(record.id)] == [(1, "ann", "test")]


def test_an_edit_keeps_the_state_before_and_names_the_fields(store: Store) -> None:
    store.add(make_incident(), **WHO)
    made = store.edit("PL-2025-001", titled("New"), author="bob", reason="typo")
    assert made is not None
    assert (made.number, made.author, made.reason, made.changed) == (2, "bob", "typo", ("title",))
    assert store.get("PL-2025-001").title == "New"
    assert store.revision("PL-2025-001", 1).incident() == make_incident()


def test_an_edit_that_changes_nothing_makes_no_revision(store: Store) -> None:
    store.add(make_incident(), **WHO)
    assert store.edit("PL-2025-001", lambda record: record, **WHO) is None
    assert len(store.history("PL-2025-001")) == 1


def test_a_stale_edit_is_refused_with_what_changed_meanwhile(store: Store) -> None:
    store.add(make_incident(), **WHO)
    store.edit("PL-2025-001", titled("Bob's"), author="bob", reason="ministry statement", revision=1)
    with pytest.raises(StaleRevisionError, match=r"(?s)2: bob, .*ministry statement: title"):
        store.edit("PL-2025-001", titled("Ann's"), revision=1, **WHO)
    assert store.get("PL-2025-001").title == "Bob's"


def test_a_change_needs_an_author_and_a_reason(store: Store) -> None:
    with pytest.raises(StoreError, match="reason"):
        store.add(make_incident(), author="ann", reason=" ")
    with pytest.raises(StoreError, match="author"):
        store.add(make_incident(), author="", reason="test")


def test_the_id_cannot_be_edited(store: Store) -> None:
    store.add(make_incident(), **WHO)
    with pytest.raises(StoreError, match="permanent"):
        store.edit("PL-2025-001", lambda r: r.model_copy(update={"id": "PL-2025-002"}), **WHO)


def test_a_retracted_incident_is_not_listed_but_its_id_says_why(store: Store) -> None:
    store.add(make_incident(), **WHO)
    store.retract("PL-2025-001", author="bob", reason="invented")
    assert list(store.select(Query(include_refuted=True))) == []
    with pytest.raises(TombstoneError, match=r"retracted on .* by bob: invented"):
        store.get("PL-2025-001")
    assert store.resolve("PL-2025-001").record == make_incident()
    store.undo("PL-2025-001", **WHO)
    assert store.get("PL-2025-001") == make_incident()


def test_ids_are_never_reused_and_grow_past_three_digits(store: Store) -> None:
    store.add(make_incident("PL-2025-998"), **WHO)
    data = make_incident().model_dump(mode="json", exclude={"id", "territories"})
    assert store.add_new([data], **WHO)[0].id == "PL-2025-999"
    store.retract("PL-2025-999", **WHO)
    assert [r.id for r in store.add_new([data, data], **WHO)] == ["PL-2025-1000", "PL-2025-1001"]
    with pytest.raises(StoreError, match="PL-2025-999"):
        store.add(make_incident("PL-2025-999"), **WHO)


def test_many_are_added_whole_or_not_at_all(store: Store) -> None:
    store.add(make_incident("PL-2025-002"), **WHO)
    with pytest.raises(StoreError, match="PL-2025-002"):
        store.add_many([make_incident("PL-2025-001"), make_incident("PL-2025-002")], **WHO)
    with pytest.raises(UnknownIncidentError):
        store.entry("PL-2025-001")
    assert not store.verify().faults


def test_an_unknown_id_names_near_ones(store: Store) -> None:
    store.add(make_incident("PL-2025-007"), **WHO)
    with pytest.raises(UnknownIncidentError, match="PL-2025-007"):
        store.get("PL-2025-070")


def pair(store: Store) -> tuple[Incident, Incident]:
    kept = make_incident("PL-2025-001")
    duplicate = make_incident(
        "PL-2025-002", sources=(make_source("agency", url="https://other.example/1"),), unknowns=("who flew it",)
    )
    store.add_many([kept, duplicate], **WHO)
    return kept, duplicate


def test_a_merged_id_leads_to_the_other_which_keeps_what_both_say(store: Store) -> None:
    pair(store)
    store.merge("PL-2025-002", "PL-2025-001", **WHO)
    found = store.get("PL-2025-002")
    assert found.id == "PL-2025-001"
    assert [(s.key, s.url) for s in found.sources] == [
        ("agency", "https://example.org/agency"),
        ("agency-2", "https://other.example/1"),
    ]
    assert [a.sources for a in found.assessments] == [("agency",), ("agency-2",)]
    assert found.unknowns == ("who flew it",)
    with pytest.raises(TombstoneError, match="merged into PL-2025-001"):
        store.edit("PL-2025-002", titled("x"), **WHO)


def test_an_unmerge_restores_both_bit_for_bit(store: Store) -> None:
    kept, duplicate = pair(store)
    store.merge("PL-2025-002", "PL-2025-001", **WHO)
    store.unmerge("PL-2025-002", **WHO)
    assert [store.get(r.id) for r in (kept, duplicate)] == [kept, duplicate]


def test_an_unmerge_keeps_what_was_edited_since(store: Store) -> None:
    kept, duplicate = pair(store)
    store.merge("PL-2025-002", "PL-2025-001", **WHO)
    store.edit("PL-2025-001", titled("Edited since"), **WHO)
    store.unmerge("PL-2025-002", **WHO)
    assert store.get("PL-2025-001") == kept.model_copy(update={"title": "Edited since"})
    assert store.get("PL-2025-002") == duplicate


def test_an_unmerge_is_refused_where_a_later_edit_cites_what_the_merge_brought(store: Store) -> None:
    from incidents.curation import with_fields
    from incidents.errors import IncidentsError

    pair(store)
    store.merge("PL-2025-002", "PL-2025-001", **WHO)
    store.edit("PL-2025-001", lambda r: with_fields(r, {"objects[0].sources[+]": "agency-2"}), **WHO)
    with pytest.raises(IncidentsError, match="rests on what the merge brought"):
        store.unmerge("PL-2025-002", **WHO)
    assert store.entry("PL-2025-002").state == "merged"


def test_undoing_a_merge_from_either_side_undoes_both(store: Store) -> None:
    kept, duplicate = pair(store)
    for side in ("PL-2025-001", "PL-2025-002"):
        store.merge("PL-2025-002", "PL-2025-001", **WHO)
        store.undo(side, **WHO)
        assert [store.get(r.id) for r in (kept, duplicate)] == [kept, duplicate]


def test_undo_of_a_merge_is_refused_once_one_side_was_edited(store: Store) -> None:
    pair(store)
    store.merge("PL-2025-002", "PL-2025-001", **WHO)
    store.edit("PL-2025-001", titled("x"), author="bob", reason="new name")
    with pytest.raises(StoreError, match=r"PL-2025-001, which changed since .new name.*unmerge"):
        store.undo("PL-2025-002", **WHO)


def test_a_split_id_leads_to_both_parts_and_an_undo_makes_it_whole(store: Store) -> None:
    store.add(make_incident(), **WHO)
    made = store.split("PL-2025-001", lambda record: [{"title": "One"}, {"title": "Two"}], **WHO)
    assert [r.incident_id for r in made] == ["PL-2025-001", "PL-2025-002", "PL-2025-003"]
    assert [r.title for r in store.select(Query())] == ["One", "Two"]
    with pytest.raises(TombstoneError, match="split into PL-2025-002, PL-2025-003"):
        store.get("PL-2025-001")
    store.undo("PL-2025-001", **WHO)
    assert store.get("PL-2025-001") == make_incident()
    assert store.get("PL-2025-003").id == "PL-2025-001"
    with pytest.raises(StoreError, match="split that was taken back"):
        store.undo("PL-2025-003", **WHO)


def test_undo_goes_back_step_by_step_and_to_reaches_any_revision(store: Store) -> None:
    store.add(make_incident(title="1"), **WHO)
    for title in ("2", "3", "4"):
        store.edit("PL-2025-001", titled(title), **WHO)
    for expected in ("3", "2", "1"):
        store.undo("PL-2025-001", **WHO)
        assert store.get("PL-2025-001").title == expected
    with pytest.raises(StoreError, match="no earlier state"):
        store.undo("PL-2025-001", **WHO)
    store.undo("PL-2025-001", to=4, **WHO)
    assert store.get("PL-2025-001").title == "4"
    assert len(store.history("PL-2025-001")) == 8


def test_a_relation_without_direction_is_recorded_with_both(store: Store) -> None:
    store.add_many([make_incident("PL-2025-001"), make_incident("DK-2025-001")], **WHO)
    store.link("PL-2025-001", "DK-2025-001", RelationType.SAME_WAVE, **WHO)
    store.link("PL-2025-001", "DK-2025-001", RelationType.FOLLOW_UP, **WHO)
    assert [(r.type, r.to) for r in store.get("DK-2025-001").relations] == [("same_wave", "PL-2025-001")]
    assert [r.type for r in store.get("PL-2025-001").relations] == ["same_wave", "follow_up"]
    assert store.link("PL-2025-001", "DK-2025-001", RelationType.SAME_WAVE, **WHO) == []


def test_every_past_state_is_kept_bit_for_bit(store: Store) -> None:
    states = [make_incident(title=f"Ä{n} \x00 \u2028") for n in range(5)]
    store.add(states[0], **WHO)
    for state in states[1:]:
        store.edit("PL-2025-001", titled(state.title), **WHO)
    assert [r.record for r in store.history("PL-2025-001")] == [canonical_json(s) for s in states]


def test_a_change_that_fails_half_way_leaves_nothing(store: Store) -> None:
    store.add(make_incident(), **WHO)

    def fail(record: Incident) -> Incident:
        raise RuntimeError("editor crashed")

    with pytest.raises(RuntimeError):
        store.edit("PL-2025-001", fail, **WHO)
    store.edit("PL-2025-001", titled("after"), **WHO)
    assert store.verify() == store.verify()
    assert not store.verify().faults


def test_candidates_keep_every_decision(store: Store) -> None:
    assert store.add_candidates([{"title": "a"}, {"title": "b"}]) == ["C-1", "C-2"]
    store.update_candidate("C-1", "rejected", {"because": "exercise"}, **WHO)
    assert [c.id for c in store.candidates("open")] == ["C-2"]
    assert store.candidate("c-1").decision == {"because": "exercise"}
    store.undo_candidate("C-1", **WHO)
    assert store.candidate("C-1").status == "open"
    assert [s.status for s in store.candidate_history("C-1")] == ["open", "rejected", "open"]
    with pytest.raises(StoreError, match="by now"):
        store.update_candidate("C-1", "accepted", expected="rejected", **WHO)
    for wrong in ("C-9", "C-x", "9", "C-" + "9" * 30):
        with pytest.raises(UnknownIncidentError):
            store.candidate(wrong)


def test_pairs_found_to_be_different_are_remembered(store: Store) -> None:
    store.mark_not_same("PL-2025-002", "C-1", **WHO)
    store.mark_not_same("C-1", "PL-2025-002", **WHO)
    assert store.not_same() == {("C-1", "PL-2025-002")}
    store.forget_not_same("PL-2025-002", "C-1")
    assert store.not_same() == frozenset()
