"""What the person is called who coordinates a self-check, for those who are asked by them."""

from __future__ import annotations

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from selfcheck.core.permissions import Role
from selfcheck.store.database import tables


def coordinator_of(check_id: InstrumentedAttribute[int]) -> ScalarSelect[str]:
    """The name that the first account on the coordinator's place gives; empty where there is none, or no name.

    `check_id` is a column of the statement around it.
    """
    place, sits = aliased(tables.Place, name="coordination"), aliased(tables.Grant, name="coordinator")
    named = (
        select(sits.name)
        .join(place, place.id == sits.place_id)
        .where(
            place.check_id == check_id,
            place.role == Role.COORDINATOR.value,
            place.withdrawn_at.is_(None),
            sits.account_id.is_not(None),
            sits.ended_at.is_(None),
            sits.name != "",
        )
        .order_by(sits.id)
        .limit(1)
        .scalar_subquery()
    )
    return select(func.coalesce(named, "")).scalar_subquery()
