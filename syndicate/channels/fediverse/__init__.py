"""
Mastodon's API, apart from making a status.

    account    keys, calls and refusals; what becomes of a status after it was made
"""
