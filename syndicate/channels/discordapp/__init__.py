"""
Discord, as its two kinds share it.

    words      a message as content and card, escaped and counted
    pictures   a picture in one request with its words
    messages   what was sent changed and taken back; refusals
"""
