"""
Posts: from files to values.

    files ─> read (encodings · fences · front_matter · fields · permalink) ─> Post
                                                                               │
    entry (render: liquid · markdown · sanitise; excerpt · pictures · sources) ┘─> Entry

The folder and its files:

    watch      the folder, looked at whole; settling: when a file has come to rest
    files, stat, hashing
               one file read; what tells that it changed; what names its bytes
    changes    what two looks tell apart
    identity   who a post is, whatever its file is called
    record     a post as the store remembers it
    strangers  files that are posts to other programs
    problems   all that can be wrong, with codes; docs/reference/problems.md explains them

From bytes to fields:

    encodings  bytes to text; guesses and odd_encodings where it is not UTF-8
    fences     where front matter stands; headers: without fences
    front_matter
               the fields between the fences, by flat_yaml if they are plain, else by
               long_way: yaml_text, yaml_anchors, toml_bound, mend, comments
    matter     the fields of one file, and where they stand; late: patterns few need

From fields to a post:

    fields, titles, headings, plain
               people, words and flags; the title; text without markup
    dates, loose_dates, times
               dates as people write them; when it was published and changed
    collections, defaults, translations
               what a file is by where it lies
    permalink, placeholders, slugs, hugo
               its address, as Jekyll, Hugo and Eleventy make it
    addresses, hosts
               addresses as readers may follow them
    pictures, enclosures, episodes, sources
               what belongs to it
    corrections, errata
               when it counts as updated; the notes above it

From a body to HTML:

    render     all of it, in order, within bounds
    scope, site_data, data_files, and liquid/
               what Liquid may ask for, and its own room
    short_codes, octopress, embeds
               short codes and tags of plugins; frames as links
    markdown   Markdown to HTML; before it, what kramdown and its relatives mean and
               CommonMark reads otherwise: dialects, attributes, bare_links, code_blocks,
               containers, definitions, flush_html, formulas, html_blocks, references,
               tables, uneven
    sanitise   HTML that a feed may carry; around it: markup, nesting, quotes, ruby,
               styles, unclosed
    excerpt    the few sentences that stand for a post

Only ``files``, ``watch`` and ``data_files`` touch the disk. A bad post
never raises past ``read_post``: it comes back as problems with their places.
"""
