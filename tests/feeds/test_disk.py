import threading

from syndicate.feeds.disk import Disk


def at_work() -> list[str]:
    return [each.name for each in threading.enumerate() if each.name == "ours"]


def named() -> None:
    threading.current_thread().name = "ours"


def test_threads_begin_on_need_and_end_when_let_go() -> None:
    disk = Disk()
    assert at_work() == []
    disk.let_go()  # of none

    disk.submit(named).result()
    assert at_work() == ["ours"]

    disk.let_go()
    assert at_work() == []


def test_who_submits_after_the_threads_ended_has_new_ones() -> None:
    disk = Disk()
    disk.submit(named)
    disk.let_go()

    assert disk.submit(divmod, 7, 2).result() == (3, 1)
    disk.let_go()


def test_what_was_given_is_done_before_the_threads_end() -> None:
    disk, begun, done = Disk(), threading.Event(), threading.Event()

    def slow() -> None:
        begun.set()
        done.wait(0.02)
        done.set()

    disk.submit(slow)
    begun.wait(5)
    disk.let_go()

    assert done.is_set()
