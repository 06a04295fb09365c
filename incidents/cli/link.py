"""``incidents link``."""

from __future__ import annotations

import click

from incidents.cli.session import Session
from incidents.cli.signing import signed
from incidents.model.vocabulary import RelationType


@click.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option(
    "--relation",
    type=click.Choice([r.value for r in RelationType]),
    help="What A is to B; a candidate without it becomes a source of B.",
)
@click.option("--note", default="", help="Grounds.")
@signed
@click.pass_obj
def link(session: Session, one: str, other: str, relation: str | None, note: str, author: str, reason: str) -> None:
    """Relate incident A to incident B, or candidate C-n to incident B.

    Relations without a direction (same_wave, same_object, not_duplicate_of) are recorded with both.

    \b
    Example:
      incidents link DK-2025-003 NO-2025-001 --relation same_wave --reason "same evening"
      incidents link C-4 EE-2025-005 --reason "the article recalls it"
    """
    if relation is None and not one.upper().startswith("C-"):
        raise click.UsageError("Two incidents need --relation, such as --relation same_wave.")
    with session.store() as store:
        if relation is None:
            from incidents.review import link_candidate

            (record,) = link_candidate(store, one, other, author=author, reason=reason)
            session.say(f"{one.upper()} is a source of {record.id} now.")
            return
        if one.upper().startswith("C-"):
            target = store.get(other)
            decision = {"relation": relation, "incident": target.id, "note": note}
            status = store.candidate(one).status
            done = store.update_candidate(one, status, decision, author=author, reason=reason)
            if relation == RelationType.NOT_DUPLICATE_OF:
                store.mark_not_same(done.id, target.id, author=author, reason=reason)
            session.say(f"{done.id}: {relation} {target.id}.")
            return
        made = store.link(one, other, RelationType(relation), note=note, author=author, reason=reason)
        if relation == RelationType.NOT_DUPLICATE_OF:
            store.mark_not_same(one.strip().upper(), other.strip().upper(), author=author, reason=reason)
    session.say(f"{one.upper()}: {relation} {other.upper()}{'' if made else ' is on record already'}.")
