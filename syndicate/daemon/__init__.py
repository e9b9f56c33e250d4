"""The service that runs for ever."""

from syndicate.daemon.loop import Daemon
from syndicate.daemon.parts import Chore
from syndicate.daemon.reporter import Pass, Reporter

__all__ = ["Chore", "Daemon", "Pass", "Reporter"]
