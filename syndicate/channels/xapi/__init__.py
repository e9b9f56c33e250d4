"""
X's API, as the kind needs it.

    account    keys, signed requests, refusals
    prices     what it charges
    reading    the account's own posts, after a doubt and before an edit
    afterwards what becomes of a post after it was made
    pictures   a picture before the words
"""
