"""
Telegram's Bot API, apart from its calls.

    words      a message in Telegram's HTML
    refusals   what it says in the body of an answer
"""
