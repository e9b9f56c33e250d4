"""What broke a connection off, in plain English; ``words/stored.py`` tells it in others."""

import os
import ssl

ASYNCIO = "Connect call failed"
"""How asyncio begins what it says in place of the system."""


def trouble(error: BaseException) -> str:
    """
    Say what broke an exchange off, as far down as anybody knows, in one line.

    No name of Python's is in it: who reads it sends alerts and writes no programs.
    """
    # httpcore speaks for what the system said, and hides it. That a task was stopped, which
    # is no ``Exception``, is how asyncio ends what takes too long.
    while isinstance(cause := error.__cause__ or error.__context__, Exception):
        error = cause
    match error:
        case ssl.SSLCertVerificationError():
            return f"its certificate cannot be trusted: {error.verify_message}"
        case ssl.SSLError():
            reason = getattr(error, "reason", None)
            return f"no secure connection: {_spaced(reason)}"
        case TimeoutError() if str(error) in {"", "timed out"}:
            return "no answer in time"
        case OSError(errno=number, strerror=str(said)) if said:
            said = os.strerror(number or 0) if said.startswith(ASYNCIO) else said
            return said[:1].lower() + said[1:]
        case UnicodeError():
            return "no host can have this name"
        case _:
            return str(error).rstrip(".") or "the connection broke"


def _spaced(reason: str | None) -> str:
    """``WRONG_VERSION_NUMBER`` as words."""
    return (reason or "the connection broke").replace("_", " ").lower()
