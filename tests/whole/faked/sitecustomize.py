"""
A way to sleep under libfaketime 0.9.10, which takes ``time.sleep`` from Python 3.11.

It moves the end of a sleep by what it moves the clock on the wall, though that end is
told by another clock. Source: github.com/wolfcw/libfaketime/issues/426
"""

import threading
import time
from typing import Any


def sleep(seconds: Any) -> None:
    """Wait for what never comes."""
    threading.Event().wait(seconds)


time.sleep = sleep
