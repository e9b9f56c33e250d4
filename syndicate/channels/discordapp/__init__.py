"""
Discord, as its two kinds share it.

    words      a message as content and card, escaped and counted
    messages   what was sent changed and taken back; refusals
"""
