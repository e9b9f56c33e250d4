"""
The service that runs for ever: watch, clock, lanes and web in one process.

    service     puts all of it together; serving has the port, signals the end
    loop        the main thread: waits for a word, does it
    inbox       the words; intake, what is done with files; reporter, who hears of it
    events, arrivals
                files that change, until they are at rest
    clock, rounds
                what is done at a time, and every so often on threads of its own
    watchdog    a clock that was set, a process that slept
    health      whether the work gets done; look, faults, disk and figures: its parts
    checkup     the same from outside, for ``doctor``; finding, channel_checks
    strict_http uvicorn's HTTP, made fit for strangers
"""

from syndicate.daemon.clock import Chore
from syndicate.daemon.reporter import Pass, Reporter
from syndicate.daemon.service import Daemon

__all__ = ["Chore", "Daemon", "Pass", "Reporter"]
