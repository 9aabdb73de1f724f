"""Nobody who reads slowly holds a thread, but for a few with very long files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from selfcheck.web.http.load.sending import WHOLE, Sending

PIECE = b"x" * 100_000


class Answer:
    """Pieces that are made while they are asked for."""

    def __init__(self, pieces: int) -> None:
        self.left, self.closed = pieces, False

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
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


def make(pieces: int, most_long: int = 1) -> tuple[Sending, list[Answer]]:
    made: list[Answer] = []

    def inside(environ: object, start_response: Callable[..., object]) -> Answer:
        made.append(Answer(pieces))
        start_response("200 OK", [])
        return made[-1]

    return Sending(inside, most_long, [("X-Frame-Options", "DENY")]), made


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
