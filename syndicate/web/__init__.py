"""
What a browser or a feed reader meets.

    serve         the site: which path goes where
    feeds         the folder of feeds, with everything HTTP asks of it
    conditional   which form of a file goes out, and when 304 is enough
    preconditions when a request no longer wants its answer
    deltas        part of a feed, for readers that have the rest
    headers       what an answer about a file says
    files, file   files in memory, by version
    forms         compressed once for all
    disk          opened so that nothing else can be reached
    media         what kind of file a name says it is
    readers, reader_names
                  who asks how often
    metrics, service_metrics
                  numbers for Prometheus; those of the service
    health        whether the service does its work
    keys          key files of search engines
    asgi          requests and answers
"""
