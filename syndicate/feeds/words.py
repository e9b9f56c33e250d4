"""The few words feeds and their page say themselves, in the language of the site."""

from collections.abc import Mapping

KOREAN: Mapping[str, str] = {
    "category": "분류",
    "tag": "태그",
    "author": "글쓴이",
    "language": "언어",
}
ENGLISH: Mapping[str, str] = {
    "category": "Category",
    "tag": "Tag",
    "author": "Author",
    "language": "Language",
}


def words_of(language: str) -> Mapping[str, str]:
    """Give the words for a language (BCP 47): Korean, or else English."""
    return KOREAN if language.lower().split("-")[0] == "ko" else ENGLISH
