"""The few words feeds and their page say themselves, in the language of the site."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words of one language."""

    code: str  # BCP 47
    name: str  # of the language, in itself
    by: Mapping[str, str]
    subscribe: str
    subscribe_to: str
    how: str
    at_once: str
    app: str
    feeds: str
    opml: str
    topics: str
    more: str
    latest: str
    nothing: str
    day: str  # from {year}, {month}, {name} (of the month), {day}
    at: str  # from {time}

    def when(self, moment: datetime) -> str:
        """Write a moment, in the zone it is in; midnight stands for a day alone."""
        day = self.day.format(
            year=moment.year,
            month=moment.month,
            name=MONTHS[moment.month - 1],
            day=moment.day,
        )
        time = f"{moment:%H:%M}"
        return day if time == "00:00" else day + self.at.format(time=time)


MONTHS = (
    "January February March April May June July August September October November"
    " December"
).split()

KOREAN = Words(
    code="ko",
    name="한국어",
    by={
        "category": "분류",
        "tag": "태그",
        "author": "글쓴이",
        "language": "언어",
    },
    subscribe="구독하기",
    subscribe_to="{} 구독하기",
    how="쓰는 리더를 고르거나 아래 주소 하나를 리더에 붙여 넣으면 새 글이 나올 때마다 바로 받아 볼 수 있습니다."
    " 주소를 누르면 전체가 선택됩니다.",
    at_once="한 번에 구독",
    app="설치된 앱",
    feeds="피드 주소",
    opml="모든 피드 한꺼번에 받기 (OPML)",
    topics="주제별 피드",
    more="그 밖에 {}개는 OPML 파일에 있습니다.",
    latest="최근 글",
    nothing="아직 글이 없습니다.",
    day="{year}년 {month}월 {day}일",
    at=" {time}",
)
ENGLISH = Words(
    code="en",
    name="English",
    by={
        "category": "Category",
        "tag": "Tag",
        "author": "Author",
        "language": "Language",
    },
    subscribe="Subscribe",
    subscribe_to="Subscribe to {}",
    how="Pick the reader you use, or paste one of these addresses into it: new posts will"
    " come to you. A click on an address selects all of it.",
    at_once="Subscribe at once",
    app="Installed app",
    feeds="Feeds",
    opml="All feeds in one file (OPML)",
    topics="Feeds by topic",
    more="{} more are in the OPML file.",
    latest="Latest posts",
    nothing="There are no posts yet.",
    day="{day} {name} {year}",
    at=", {time}",
)


LANGUAGES = (KOREAN, ENGLISH)


def words_of(language: str) -> Words:
    """Give the words for a language (BCP 47): Korean, or else English."""
    return KOREAN if language.lower().split("-")[0] == "ko" else ENGLISH
