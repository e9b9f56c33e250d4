"""
What bytes that are not UTF-8 were likely written in.

Most old encodings give letters for any bytes, so that they can be decoded says little.
In the right one the letters are those that a language uses most.
"""

import codecs

from syndicate.posts.late import late

KOREAN = "CP949"
WESTERN = "CP1252"

SAMPLE = 1 << 14
"""Bytes that tell the language of a text."""

ASCII = bytes(range(0x80))

SYLLABLES = (
    "이다는하에로을의가를한지서수스기고은있리해어사자인용니도시면정드으트그일라할나만제아게터성들보것과적문대상되프된"
    "위소구모데생전래때주장경요와우부입개체함음같동작실러비파메여행않"
)
"""Seven of ten syllables of Korean, counted over two thousand posts of blogs."""

KANA = "のにはをたがでとしれさあいるなますうりかこきっんくせもよスンルトアリーイラフシ"
CYRILLIC = "оеаинтсрвлкмдпу"

LETTERS = {
    KOREAN: (SYLLABLES, 0.2),
    "Johab": (SYLLABLES, 0.4),
    "CP932": (KANA, 0.25),
    "EUC-JP": (KANA, 0.25),
    "GB18030": ("的一是不了在人有我他这中大来上国个到说们为子和你地出道", 0.06),
    "Big5": ("的一是不了在人有我他這中大來上國個到說們為子和你地出道", 0.06),
    "CP1251": (CYRILLIC, 0.5),
    "KOI8-R": (CYRILLIC, 0.5),
    "CP866": (CYRILLIC, 0.5),
    "ISO-8859-5": (CYRILLIC, 0.5),
    "CP1253": ("αοιετσνηυρπκμλω", 0.5),
    "CP1255": ("יוהלאתרבמש", 0.4),
    "CP1256": ("الينمورتبةدع", 0.5),
    "CP874": ("านรอกเงยลมดวท", 0.4),
    WESTERN: ("éèàùçêôîâûäöüßñóíáúãõåæø’“”", 0.7),
    "CP1250": ("ąćęłńóśźżěščřžýáíéůúőűöüăîâșț’“”", 0.7),
    "CP1254": ("ığşçöüİĞŞÇÖÜ’“”", 0.7),
    "CP1257": ("ąčęėįšųūžāēģīķļņõäöü„“”", 0.7),
    "Mac-Roman": ("éèàùçêôîâûäöüßñóíáúãõåæø’“”", 0.7),
}
"""Letters that are common, and the least share they have of those beyond ASCII."""

LATIN = frozenset({WESTERN, "CP1250", "CP1254", "CP1257", "Mac-Roman"})
TOUCHING = late(r"[A-Za-z][^\x00-\x7f]|[^\x00-\x7f][A-Za-z]")
"""In Latin letters stand among those of ASCII; elsewhere a word is one or the other."""

OWN = {"ko": KOREAN, "ja": "CP932", "zh": "GB18030"}
"""What a language was written in of old."""

USUAL = {
    KOREAN: ("euc_kr", "가"),
    "CP932": ("shift_jis", "一"),
    "GB18030": ("gb2312", "一"),
}
"""The smaller set of signs that nearly all texts keep to, and its first letter."""

RATHER = 0.2
"""Share of letters that are common in what is a language."""

FEW = 1.2
"""Common letters that a short text in the site's own language may lack."""

DAMAGED = 0.02
"""Share of signs that may not be decodable in a text that was damaged."""

ENOUGH = 3
"""Common letters that tell a language other than the site's."""


COMMON = frozenset("".join(letters for letters, _ in LETTERS.values()))


def is_common(text: str) -> bool:
    """Whether letters are those of any language here, and not some of all there are."""
    return sum(char in COMMON for char in text) >= RATHER * len(text)


def likely(raw: bytes, language: str) -> str:
    """
    Name the encoding that bytes are likely in; nothing where none is.

    Args:
        raw: Not UTF-8. What comes late in it may be in another encoding.
        language: The site's, which is believed where a text is short.
    """
    sample = raw[-len(raw.lstrip(ASCII)) - 1 :][:SAMPLE]
    own = OWN.get(language[:2], "")
    if own and _is_in(own, sample):
        return own
    if best := fitting(sample):
        return best
    rest = WESTERN if not own else own if own != KOREAN else ""
    return rest if rest and _decoded(sample, rest) else ""


def fitting(sample: bytes) -> str:
    """Name the encoding in which bytes are a text of its language, if in any."""
    fits = {name: _fit(_decoded(sample, name), name) for name in LETTERS}
    best = max(LETTERS, key=lambda name: fits[name])
    return best if fits[best] >= 1 else ""


def _is_in(own: str, sample: bytes) -> bool:
    """Tell whether a text fits the encoding of the site's language."""
    text = _decoded(sample, own)
    small, first = USUAL[own]
    common, least = LETTERS[own]
    letters = [char for char in text if char > "\x7f" and char.isalpha()]
    usual: float = sum(char in common for char in letters)
    are_most = 2 * sum(char >= first for char in letters) >= len(letters)
    if text and are_most and "\ufffd" not in text and text == _decoded(sample, small):
        usual += FEW
    return 0 < usual >= least * len(letters)


def _fit(text: str, encoding: str) -> float:
    """Tell how well a text fits an encoding; 1 will do."""
    common, least = LETTERS[encoding]
    foreign = [char for char in text if char > "\x7f"]
    usual = sum(char in common for char in foreign)
    is_latin = 2 * len(foreign) <= 3 * len(TOUCHING.findall(text))
    if is_latin != (encoding in LATIN) or usual < (1 if is_latin else ENOUGH):
        return 0
    return usual / (least * len(foreign))


def _decoded(sample: bytes, encoding: str) -> str:
    """Decode what may be damaged here and there; nothing where it is no text."""
    text = codecs.getincrementaldecoder(encoding)("replace").decode(sample)
    return text if text.count("\ufffd") <= len(text) * DAMAGED else ""
