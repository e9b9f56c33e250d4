"""
Slack, as its two kinds share it.

    words      a message as text, escaped and counted; as blocks, with its picture
    pictures   a picture before the words, or by its address, or not at all
    refusals   what the words of a refusal mean
"""
