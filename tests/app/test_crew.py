import os
import signal
import threading
import time

import pytest

from syndicate.app.crew import crew, spare_hands


def doubled(number: int) -> tuple[int, int]:
    return 2 * number, os.getpid()


@pytest.mark.parametrize("hands", [1, 2, 3])
def test_results_come_in_the_order_of_their_tasks(hands: int) -> None:
    with crew(range(7), doubled, hands=hands) as results:
        found = [result for result in results if result]

    assert [number for number, _ in found] == [0, 2, 4, 6, 8, 10, 12]
    assert len({pid for _, pid in found} - {os.getpid()}) == hands


def test_without_hands_everything_is_left_to_the_caller() -> None:
    with crew([1, 2], doubled, hands=0) as results:
        assert list(results) == [None, None]


def test_what_fails_and_what_follows_it_is_left_to_the_caller() -> None:
    def inverse(number: int) -> float:
        return 1 / number

    with crew([1, 2, 0, 4, 5], inverse, hands=2) as results:
        assert list(results) == [1.0, 0.5, None, 0.25, None]


def test_what_a_killed_process_leaves_is_left_to_the_caller() -> None:
    def killed_at_three(number: int) -> int:
        if number == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with crew(range(6), killed_at_three, hands=2) as results:
        assert list(results) == [0, 1, 2, None, 4, None]


def test_no_process_is_left_when_nobody_wants_the_results() -> None:
    found = []
    with crew(range(100), lambda _: (os.getpid(), b"x" * 200_000), hands=2) as results:
        found = [next(results), next(results)]

    for each in found:
        assert each
        with pytest.raises(ProcessLookupError):
            os.kill(each[0], 0)


def test_a_process_ends_when_the_one_who_asked_is_killed() -> None:
    """As after ``kill -9``: nobody closes anything."""
    reader, writer = os.pipe()
    asking = os.fork()
    if not asking:
        with crew(range(99), lambda _: (os.getpid(), b"x" * 99_999), hands=2) as found:
            pids = [next(found), next(found)]
            os.write(writer, b" ".join(str(each[0]).encode() for each in pids if each))
            os.kill(os.getpid(), signal.SIGKILL)
    at_work = os.read(reader, 100).split()
    os.waitpid(asking, 0)

    deadline = time.monotonic() + 60
    while any(map(is_there, at_work)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert len(at_work) == 2
    assert not any(map(is_there, at_work))


def is_there(pid: bytes) -> bool:
    """Whether a process runs; one that has ended may wait for its parent to look."""
    try:
        with open(b"/proc/" + pid + b"/stat", "rb") as stat:  # noqa: PTH123 - of bytes
            return stat.read().rpartition(b")")[2].split()[0] != b"Z"
    except FileNotFoundError:
        return False


def test_a_process_with_threads_makes_no_copies() -> None:
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        assert spare_hands() == 0
    finally:
        over.set()
        thread.join()
