"""
Posts: from files to values.

    files ─> read (encodings · fences · front_matter · fields · permalink) ─> Post
                                                                               │
    entry (render: liquid · markdown · sanitise; excerpt · pictures · sources) ┘─> Entry

    watch      which files have come to rest
    identity   who a post is, whatever its file is called
    record     a post as the store remembers it
    problems   all that can be wrong, with codes; docs/reference/problems.md explains them

Only ``files`` and ``watch`` touch the disk. A bad post never raises past ``read_post``:
it comes back as problems with their places.
"""
