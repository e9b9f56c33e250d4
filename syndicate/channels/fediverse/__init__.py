"""
Mastodon's API, apart from making a status.

    instance   what a server says it takes
    account    keys, calls and refusals; what becomes of a status after it was made
"""
