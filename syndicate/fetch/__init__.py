"""
What others' servers say when we ask of our own accord: pictures, and a post's address.

    guard      which addresses may be connected to
    ask        one question: redirects, limits, one deadline for all of it
    files      files of the site, in the folders it serves
    sizes      type and size of a picture, from its first bytes
    local      what a picture measures, in the site's folders
    pictures   the same, over the network
    recordings what a recording is, in the site's folders
    moving     a GIF that moves, without the words that were written into it
    develop    a picture made fit for a channel: upright, small, without metadata
    darkroom   pictures for channels that hand them over, fetched once for all

An address in a post is written by whoever writes posts, and a host's owner decides
where its name leads. So the guard stands where a connection is opened, not where an
address is read.
"""
