"""
What the kind ``webhook`` is made of beside its file.

    signing      who a request is from, and where it may go
    recipients   the file of those who subscribe
"""
