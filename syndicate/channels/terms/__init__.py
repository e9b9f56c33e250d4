"""
What platforms ask of those who tell something there.

    charges    money for a message: known before it is sent, and counted after
"""
