"""
ATProto, as Bluesky needs it.

    account   a session on a PDS, its calls and its refusals
    record    what a message becomes
    tid       record keys that a repeat arrives at again
    facets    where links and hashtags stand in a text
"""
