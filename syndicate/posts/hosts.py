"""
Names of hosts in ASCII, as browsers write them.

Source: url.spec.whatwg.org, domain to ASCII: UTS 46, not transitional, so that ``ß``
stays itself (Python's own codec is IDNA 2003, where ``faß.de`` is ``fass.de``). Signs
that IDNA 2008 refuses and browsers follow, as in ``💩.la``, pass.
"""

LONGEST = 63
"""Most characters between two dots. Source: RFC 1034 section 3.1"""


def ascii_host(name: str) -> str:
    """
    Give the name of a host in ASCII.

    Raises:
        ValueError: No browser would follow it.
    """
    if name.isascii():
        return name
    # 10 ms, and few hosts need it.
    from idna import uts46_remap  # noqa: PLC0415

    mapped = uts46_remap(name, std3_rules=False, transitional=False)
    return ".".join(map(_ascii_label, mapped.removesuffix(".").split(".")))


def _ascii_label(label: str) -> str:
    if not label.isascii():
        label = f"xn--{label.encode('punycode').decode()}"
    if not 0 < len(label) <= LONGEST:
        raise ValueError("a part that is empty or too long")
    return label
