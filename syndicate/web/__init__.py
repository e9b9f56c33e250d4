"""
What a browser or a feed reader meets.

    serve         the site: which path goes where
    feeds         the folder of feeds, with everything HTTP asks of it
    conditional   which form of a file goes out, and when 304 is enough
    files         files in memory, by version
    media         what kind of file a name says it is
    asgi          requests and answers
"""
