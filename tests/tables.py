"""What the configuration of a site in a test says: a head, and a table for each channel."""

SITE = """
[site]
url = "https://news.example"
title = "솔바람 소식"
language = "ko"
timezone = "Asia/Seoul"
"""

CHANNELS = {
    "webhook": """
[[channels]]
name = "webhook"
kind = "webhook"
url = "{url}/hook"
secret = "whsec_bm90IGEgc2VjcmV0IGJ1dCBsb25nIGVub3VnaA=="
""",
    "mastodon": """
[[channels]]
name = "mastodon"
kind = "mastodon"
instance = "{url}"
token = "t"
""",
    "x": """
[[channels]]
name = "x"
kind = "x"
consumer_key = "a"
consumer_secret = "b"
access_token = "c"
access_token_secret = "d"
base_url = "{url}"
""",
    "telegram": """
[[channels]]
name = "telegram"
kind = "telegram"
token = "1:t"
chat = "@desk"
base_url = "{url}"
""",
}
"""By name; ``{url}`` is where all of them are."""
