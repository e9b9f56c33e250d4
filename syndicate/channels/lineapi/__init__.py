"""
LINE's interface, apart from what it says to friends.

    tokens   how long a channel access token holds
"""
