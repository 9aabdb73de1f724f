"""What a chamber and the town said to each other, for „Alle Daten (JSON)“: what the town's own pages show, no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime

from selfcheck.core.plain import to_plain
from selfcheck.core.review.recommendations import Reply
from selfcheck.store.chamber.result.releases import find_releases_of
from selfcheck.store.chamber.talk.good_examples import list_of_check
from selfcheck.store.chamber.talk.recommendations import list_for_check
from selfcheck.store.chamber.talk.threads import list_asked
from selfcheck.store.data import talk_models as data


def export_talk(check_id: int, *, history: bool, sharing: bool) -> dict[str, Iterable[object]]:
    """By section; good examples only with `sharing`, the others with `history`. Nothing is read before somebody reads
    a section."""
    return {
        "queries": _queries(check_id) if history else (),
        "recommendations": _recommendations(check_id) if history else (),
        "results": _results(check_id) if history else (),
        "good_examples": _good_examples(check_id) if sharing else (),
    }


def _queries(check_id: int) -> Iterator[data.Asked]:
    """Rückfragen of chambers, oldest first: one statement."""
    for asked in list_asked(check_id):
        thread = asked.thread
        messages = [data.Message(kind=said.kind, text=said.text, by=said.by, at=said.at) for said in thread.messages]
        yield data.Asked(
            chamber=asked.chamber, question=thread.question, state=thread.state, at=thread.at, messages=messages
        )


def _recommendations(check_id: int) -> Iterator[data.Advice]:
    """Those that were sent, with the answer as the town is writing it: one statement."""
    for each in list_for_check(check_id):
        content, submitted = each.content, each.submitted
        yield data.Advice(
            chamber=each.chamber,
            label=each.label,
            criterion=each.criterion,
            question=each.question,
            title=content.title,
            text=content.text,
            priority=content.priority,
            sent_at=each.sent_at,
            state=each.state,
            note=each.note,
            turned_at=each.turned_at,
            reply=_reply(each.reply, each.reply_by, each.reply_at),
            submitted=_reply(submitted, each.submitted_by, each.submitted_at) if submitted else None,
        )


def _reply(said: Reply, by: str, at: datetime | None) -> data.Reply:
    return data.Reply(**asdict(said), by=by, at=at)


def _results(check_id: int) -> Iterator[data.Result]:
    """The newest of each chamber: one statement."""
    for released in find_releases_of(check_id).values():
        yield data.Result(released_at=released.at, content=to_plain(released.release))


def _good_examples(check_id: int) -> Iterator[data.Proposed]:
    """Oldest first: one statement."""
    names = data.Proposed.model_fields
    for example in reversed(list_of_check(check_id)):
        yield data.Proposed(**{name: getattr(example, name) for name in names})
