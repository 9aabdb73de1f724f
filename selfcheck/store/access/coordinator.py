"""What the person is called who coordinates a self-check, for those who are asked by them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.sql.elements import ColumnElement

from selfcheck.core.permissions import Role
from selfcheck.store.database import tables


def coordinator_of(check_id: ColumnElement[Any]) -> ScalarSelect[str]:
    """The name that the first account on the coordinator's place gives; empty where there is none, or no name.

    `check_id` is a column of the statement around it.
    """
    place, sits = tables.Place.alias("coordination"), tables.Grant.alias("coordinator")
    named = (
        select(sits.c.name)
        .join(place, place.c.id == sits.c.place_id)
        .where(
            place.c.check_id == check_id,
            place.c.role == Role.COORDINATOR.value,
            place.c.withdrawn_at.is_(None),
            sits.c.account_id.is_not(None),
            sits.c.ended_at.is_(None),
            sits.c.name != "",
        )
        .order_by(sits.c.id)
        .limit(1)
        .scalar_subquery()
    )
    return select(func.coalesce(named, "")).scalar_subquery()
