"""
Which posts are told, and in which words. Pure, all of it.

    rules       which posts become alerts
    guard       which of them wait for a person: they look like an accident
    compose     an alert becomes a channel's message
    template, prefix, hashtags, address
                its parts
    plain       words from outside, made plain
    count       how long a text is, as its receiver counts
    shorten     a text cut until it fits; endings, pairs and directions say where
"""
