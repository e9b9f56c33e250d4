"""
A guard against TOML that is small and fills the memory.

Python's reader keeps every beginning of a dotted key, n² of them: 40 kB of ``a.a.a…``
take gigabytes.
"""

from syndicate.posts.late import late
from syndicate.posts.yaml_text import DEEPEST

PART = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*"""
DEEP = late(rf"(?m)^[ \t]*\[*[ \t]*(?:{PART}){{{DEEPEST}}}")


def deep_line(toml: str) -> int:
    """Give the line, from 1, of a key within 20 others or more; 0: there is none."""
    deep = DEEP.search(toml)
    return toml.count("\n", 0, deep.start()) + 1 if deep else 0
