"""
What a file is called, and in which language it is, by its path.

    quake.en.md   quake/index.en.md   en/quake.md     in English, where the site has it
    2024-05-18-quake/index.md                         is called as its folder

Source: gohugo.io/content-management/multilingual, 11ty.dev/docs/dates
"""

from collections.abc import Sequence


def language_of(path: str, languages: Sequence[str]) -> str:
    """
    Give the code of a file's language.

    Args:
        path: Below the posts folder.
        languages: The site's, in small letters, its own first; none, if it has but one.

    Returns:
        One of them; the first, where the path says none.
    """
    if not languages:
        return ""
    folder = path.partition("/")[0].lower()
    if folder in languages:
        return folder
    ending = _ending(path)
    return ending if ending in languages else languages[0]


def translated_to(path: str, languages: Sequence[str]) -> str:
    """Give the code of a translation's language; nothing, if it is the site's own."""
    code = language_of(path, languages)
    return "" if code in languages[:1] else code


def untranslated(path: str, languages: Sequence[str]) -> str:
    """Give a path without what it says of the language."""
    if not languages:
        return path
    folder, slash, rest = path.partition("/")
    if slash and folder.lower() in languages:
        return rest
    if _ending(path) in languages:
        stem, _, kind = path.rpartition(".")
        return f"{stem.rpartition('.')[0]}.{kind}"
    return path


def page_name(path: str, languages: Sequence[str]) -> str:
    """Give a file's name without its folders; that of an ``index.md`` is its folder's."""
    folders, _, name = untranslated(path, languages).rpartition("/")
    if name.startswith("index."):
        folder = folders.rpartition("/")[2]
        if folder and folder[0] != "_":
            return folder + name[len("index") :]
    return name


def _ending(path: str) -> str:
    """Give what stands between the last two dots of the file's name."""
    parts = path.rpartition("/")[2].rsplit(".", 2)
    return parts[1].lower() if len(parts) > 2 else ""  # noqa: PLR2004 - name, code, kind
