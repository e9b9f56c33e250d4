"""
Matrix's client-server API, apart from what a message says.

    room   its keys, calls and refusals; how an event and its edits are redacted
"""
