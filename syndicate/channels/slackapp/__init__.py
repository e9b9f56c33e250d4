"""
Slack, as its two kinds share it.

    words      a message as text, escaped and counted
    refusals   what the words of a refusal mean
"""
