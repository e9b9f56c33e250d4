"""The service that runs for ever."""

from syndicate.daemon.loop import Daemon, Pass, Reporter

__all__ = ["Daemon", "Pass", "Reporter"]
