"""
Other processes, for work that is plenty and in parts: the documents of a big archive.

    tasks ── dealt out in turn ──> processes ── a pipe each ──> results, in order

A process begins as a copy of this one, and nothing but results comes back. Whatever goes
wrong with one (it is killed, its work fails) leaves tasks undone, never half done, and
whoever asked does those. A result waits in its pipe until it is taken, so few of them are
in memory; where nobody is left to take it, the process ends.
"""

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


def spare_hands() -> int:
    """
    Say how many processes would be a help: one for each processor, if there are several.

    None in a process with threads, as the daemon is: a copy has their locks, and not
    them. None but on Linux, where a copy is cheap and safe.
    """
    if not sys.platform.startswith("linux") or threading.active_count() > 1:
        return 0
    processors = len(os.sched_getaffinity(0))
    return processors if processors > 1 else 0


@contextmanager
def crew(
    tasks: Sequence[Task], work: Callable[[Task], Result], *, hands: int
) -> Iterator[Iterator[Result | None]]:
    """
    Have processes work on tasks while the block lasts.

    Args:
        tasks: In the order the results are wanted in.
        work: Done elsewhere: it may use no connection that is open here, and its
            result must be one that can be pickled.
        hands: How many processes.

    Yields:
        A result for each task; ``None`` for one that is left to the caller.
    """
    fork = get_context("fork")
    pipes: list[Connection] = []
    processes = []
    try:
        for hand in range(hands):
            mine, theirs = fork.Pipe(duplex=False)
            pipes.append(mine)
            process = fork.Process(
                target=_work,
                args=(tasks[hand::hands], work),
                kwargs={"pipe": theirs, "others": pipes},
            )
            with suppress(OSError):  # no room for another one
                process.start()
                processes.append(process)
            theirs.close()
        yield (_taken(pipes, number) for number in range(len(tasks)))
    finally:
        for process in processes:
            process.kill()  # it has nothing to lose
            process.join()
        for pipe in pipes:
            pipe.close()


def _taken(pipes: Sequence[Connection], number: int) -> Result | None:
    if not pipes:
        return None
    try:
        result: Result = pipes[number % len(pipes)].recv()
    except (EOFError, OSError):  # its process is gone
        return None
    return result


def _work(
    tasks: Iterable[Task],
    work: Callable[[Task], Result],
    *,
    pipe: Connection,
    others: Iterable[Connection],
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of all of us, one is to answer
    for other in others:
        other.close()  # so that they break when the one who reads is gone
    gc.freeze()
    with suppress(Exception):  # what fails is done again, and told, by whoever asked
        for task in tasks:
            pipe.send(work(task))
