"""
X's API, as the kind needs it.

    account    keys, signed requests, refusals
    afterwards what becomes of a post after it was made
    pictures   a picture before the words
"""
