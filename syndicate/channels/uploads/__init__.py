"""
How platforms take a picture before the words, where that takes several requests.

    mastodon   a file with its description; ready at once, or after some asking
"""
