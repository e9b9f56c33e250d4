"""
What platforms ask of those who tell something there.

    allowance  what a server says it takes, where each has limits of its own
    charges    money for a message: known before it is sent, and counted after
"""
