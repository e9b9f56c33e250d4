"""The service that runs for ever."""

from syndicate.daemon.loop import Daemon, Pass, Reporter
from syndicate.daemon.parts import Chore

__all__ = ["Chore", "Daemon", "Pass", "Reporter"]
