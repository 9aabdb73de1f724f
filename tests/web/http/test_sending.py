"""Nobody who reads slowly holds a thread that others need."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from selfcheck.web.http.load.sending import WHOLE, Sending

PIECE = b"x" * 100_000


class Answer:
    """Pieces that are made while they are asked for."""

    def __init__(self, pieces: int, wait: Callable[[], object] = lambda: None) -> None:
        self.left, self.closed, self.wait = pieces, False, wait

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        self.wait()
        if not self.left:
            raise StopIteration
        self.left -= 1
        return PIECE

    def close(self) -> None:
        self.closed = True


def ask(sending: Sending) -> tuple[str, Iterable[bytes]]:
    said: list[str] = []

    def begin(status: str, headers: list[tuple[str, str]], error: object = None) -> Callable[[bytes], object]:
        said.append(status)
        return lambda data: None

    answer = sending({}, begin)
    assert len(said) == 1
    return said[0], answer


def make(
    pieces: int,
    headers: Sequence[tuple[str, str]] = (),
    wait: Callable[[], object] = lambda: None,
) -> tuple[Sending, list[Answer]]:
    """With one thread that makes answers, and a place for one long answer."""
    made: list[Answer] = []

    def inside(environ: object, start_response: Callable[..., object]) -> Answer:
        made.append(Answer(pieces, wait))
        start_response("200 OK", list(headers))
        return made[-1]

    return Sending(inside, 1, 1, [("X-Frame-Options", "DENY")]), made


def test_a_page_and_a_common_file_leave_their_thread_at_once() -> None:
    sending, made = make(WHOLE // len(PIECE))
    status, answer = ask(sending)
    assert isinstance(answer, list), "the server takes nothing else off the thread"
    assert b"".join(answer) == PIECE * (WHOLE // len(PIECE))
    assert status == "200 OK"
    assert made[0].closed


def test_a_long_file_comes_in_pieces_and_whole() -> None:
    sending, made = make(40)
    status, answer = ask(sending)
    assert made[0].left > 10, "most of it is not in memory yet"
    assert (status, b"".join(answer)) == ("200 OK", PIECE * 40)
    assert made[0].closed


def test_of_what_says_that_it_is_long_hardly_anything_lies_in_memory() -> None:
    sending, made = make(40, headers=[("Content-Length", str(40 * len(PIECE)))])
    _, answer = ask(sending)
    assert made[0].left >= 38
    assert b"".join(answer) == PIECE * 40


def test_only_so_many_threads_make_answers_at_a_time() -> None:
    making = threading.Lock()

    def wait() -> None:
        assert making.acquire(blocking=False), "somebody else makes one"
        time.sleep(0.01)
        making.release()

    sending, _ = make(2, wait=wait)
    with ThreadPoolExecutor(4) as threads:
        assert [status for status, _ in threads.map(ask, [sending] * 4)] == ["200 OK"] * 4


def test_whoever_reads_a_long_answer_keeps_nobody_from_another() -> None:
    sending, _ = make(40)
    _, held = ask(sending)
    pieces = iter(held)
    next(pieces)
    with ThreadPoolExecutor(1) as other:
        assert other.submit(ask, sending).result(10)[0].startswith("503"), "answered, by the only thread that may"


def test_only_so_many_long_files_go_out_at_a_time() -> None:
    sending, made = make(40)
    _, held = ask(sending)
    status, refused = ask(sending)
    assert status.startswith("503")
    assert "noch einmal" in b"".join(refused).decode()
    assert made[1].closed
    held.close()  # whoever hung up
    assert ask(sending)[0] == "200 OK"


def test_whoever_forgets_to_close_gives_the_place_back_all_the_same() -> None:
    sending, _ = make(40)
    _, held = ask(sending)
    next(iter(held))
    del held
    assert ask(sending)[0] == "200 OK"
