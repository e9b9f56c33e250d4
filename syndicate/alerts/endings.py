"""
Where a text may end, and where it ends well.

It may end between two characters as readers see them (UAX 29), but never inside an
address, a hashtag, a name with ``@``, a number and its unit, and never so that a Korean
particle is torn, or a noun from it. It ends well at a space; in scripts that write none,
where a phrase begins.
"""

from collections.abc import Iterator

import regex

_CHARACTER = regex.compile(r"\X")
_ADDRESS = regex.compile(r"https?://\S+")
_TAG = regex.compile(r"[\#＃@＠][\w.@-]+")

# 3조 2천억 원, 5.2 km, ￦5,000, $3.2bn, 30%p, 1,200여 명, 규모 5.2, 제3차, -12도
_DIGITS = r"[+\-±~−]?[$₩￦€£¥￥]?\d(?:[\d.,:/~–٫٬-]*\d)?"
_SCALE = r"(?:[천백십만억조경]여?)"
_UNIT = (
    r"원|달러|유로|엔|위안|파운드|명|개국|개월|개|건|곳|회|차|위|층|대|도|호|세|살|년|월|일|시|분|초|"
    r"주|쪽|배|채|척|편|골|점|번|톤|킬로|미터|포인트|퍼센트|km/h|kg|km|cm|mm|m²|㎡|㎞|㎏|㎝|㎜|"
    r"hPa|mph|GW|MW|kW|GB|MB|TB|Hz|bn|[kmgt]?[ml]|ha|pp?|ft|lbs?|oz|mi|"
    r"million|billion|trillion|thousand|percent|people|dead|years?|days?|hours?|minutes?|"
    r"dollars?|euros?|pounds?|metres?|meters?|miles?"
)
# 2026 年, 3 万人, 100 メートル: some who write no other spaces write these.
_COUNTS = (
    "年月日時时分秒人名件個个回次度台枚本点點倍歳岁円元块号號期位条條章篇页頁行字种種层層家只隻天周週步歩"
    "款项項所组組票代级級"
)
_COUNTED = rf"(?:[千百万萬億亿兆]+[{_COUNTS}]?|[{_COUNTS}]|[\p{{Katakana}}ー]+)"
_NUMBER = regex.compile(
    rf"""(?:(?:규모|제|약|최대|최소|No\.|[NＮ]o)\s?)?{_DIGITS}
    (?:{_SCALE}*(?:\s?\d[\d.,]*{_SCALE}+)*)
    (?:\s?(?:[%％٪‰°℃℉][a-zA-Z]?)|\s?(?:{_UNIT})(?![a-zA-Z])|\s{_COUNTED}|\p{{L}}*)
    (?:\s(?:원|달러|유로|엔|위안|명|개|건|곳|톤)(?!\p{{L}}))?""",
    regex.VERBOSE | regex.IGNORECASE,
)

# Longest first; what is torn off a noun when a word is cut.
_PARTICLES = sorted(
    "은 는 이 가 을 를 의 에 도 로 와 과 만 께 랑 야 며 나 "
    "에서 에게 까지 부터 보다 처럼 마저 조차 으로 에는 에도 에만 에선 로는 로도 만의 과의 와의 이나 이며 "
    "이랑 하고 라고 라는 라며 께서 한테 밖에 대로 마다 만큼 "
    "에서는 에서도 에서의 에게는 에게서 으로는 으로도 으로의 로부터 까지는 까지도 부터는 이라고 이라는 이라며 "
    "에서부터 으로부터 이라고도 에게까지".split(),
    key=len,
    reverse=True,
)
_ANY_PARTICLE = rf"(?:{'|'.join(_PARTICLES)})(?![\p{{L}}\p{{N}}])"
PARTICLE = regex.compile(rf"(?<=[\p{{L}}\p{{N}})\]”’\"'」』》〉>%％]){_ANY_PARTICLE}")
"""A particle at the end of a word, as far as its letters tell."""

RUNS_ON = regex.compile(rf"(https?://[!-~]++)(?={_ANY_PARTICLE})")
"""An address that a particle stands right behind."""

# Japanese: a phrase begins where kana give way to what is no kana. Then, for Chinese
# too, after a comma and before an opening bracket.
_PHRASE = regex.compile(
    r"(?<=\p{Hiragana})(?=[\p{Han}\p{Katakana}「『（【])"
    r"|(?<=[、，。；：！？」』）】])(?=\S)"
    r"|(?<=[\p{Han}\p{Hiragana}\p{Katakana}])(?=[「『（【《])"
)
# No line begins with the one, or ends with the other (JIS X 4051, UAX 14); in Thai and
# Lao a vowel stands before the consonant it belongs to.
_NO_START = regex.compile(
    r"[ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮーｰ々、。，．！？」』）】》ะาำๅๆฯ]"
)
_NO_END = regex.compile(r"[「『（【《เแโใไເແໂໃໄ]")
_KATAKANA = regex.compile(r"[\p{Katakana}ー]{2,12}")
_LATIN = regex.compile(r"[a-zA-Z\p{Latin}\p{Cyrillic}\p{Greek}]{2,20}")

_SPACE = regex.compile(r"\s+")
_SENTENCE = regex.compile(r"""[.!?…؟۔।]+["'”’」』)\]]*(?=\s|$)|[。！？]+[”’」』）]*""")

# What looks like the end of one: the number of a list, initials, an abbreviation.
_UNFINISHED = regex.compile(
    r"(?<![\p{L}\p{N}])(?:\d{1,2}|(?:\p{Lu}\.)*\p{Lu}|Mrs?|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|"
    r"Col|Sgt|St|Jr|Sr|vs|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|e\.g|i\.e|cf)\.$"
)
_ABBREVIATION = 12  # code points; no longer one is known

WEAK = regex.compile(
    r"(?:(?<=\S)\s+(?:그리고|그러나|하지만|그런데|그래서|따라서|또는|또한|또|혹은|및|즉|다만|"
    r"the|an?|and|or|but|nor|of|to|in|on|at|for|with|by|from|into|than|that|which|who|as|if))+$",
    regex.IGNORECASE,
)
"""Words at an end that only lead on to what is no longer there."""


def may_end(text: str, *, strict: bool = True) -> list[int]:
    """
    List every place a text may end, from the left; neither its start nor its end.

    Args:
        text: Plain, NFC.
        strict: Keep together all that belongs together; else only addresses.
    """
    inside = {
        place for start, end in _whole(text, strict) for place in range(start, end)
    }
    places = [found.start() for found in _CHARACTER.finditer(text)]
    return [place for place in places if place and place not in inside]


def _whole(text: str, strict: bool) -> Iterator[tuple[int, int]]:  # noqa: FBT001 - see may_end
    """Give stretches no place of which is an end: from the first to before the last."""
    patterns = (_ADDRESS, _TAG, _NUMBER, _KATAKANA, _LATIN) if strict else (_ADDRESS,)
    for pattern in patterns:
        for found in pattern.finditer(text):
            yield found.start() + 1, found.end()
    if not strict:
        return
    for found in PARTICLE.finditer(text):
        yield found.start(), found.end()  # its noun is not left alone either
    for found in _NO_START.finditer(text):
        yield found.start(), found.end()
    for found in _NO_END.finditer(text):
        yield found.end(), found.end() + 1


def ends_well(text: str) -> list[int]:
    """List the places where a word, or in Japanese a phrase, has just ended."""
    spaces = [found.start() for found in _SPACE.finditer(text)]
    return sorted({*spaces, *(found.start() for found in _PHRASE.finditer(text))})


def sentences(text: str) -> list[int]:
    """List the places where a sentence has just ended."""
    return [
        found.end()
        for found in _SENTENCE.finditer(text)
        if not _UNFINISHED.search(
            text[max(0, found.end() - _ABBREVIATION) : found.end()]
        )
    ]
