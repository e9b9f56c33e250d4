"""
What we compose, read by X's, Bluesky's and Microsoft's own code (npm).

Sentences of eight scripts, with what trips counters: clusters of emoji, addresses in
brackets, bare domains, mail addresses, tags, marks of direction.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from syndicate.alerts.compose import compose
from syndicate.channels.atproto.facets import rich
from syndicate.model import Alert, Picture
from tests.channels.node import answer
from tests.channels.samples import make

pytestmark = pytest.mark.full
SENTENCES = {
    "ko": "기상청은 오늘 새벽 규모 5.2 지진이 났다며 “여진에 대비하라”고 알렸다.",
    "en": "The weather office (in its second notice) warned of aftershocks until Monday.",
    "ja": "気象庁は「余震に注意してほしい」と呼びかけ、避難所を12か所に設けた。",
    "zh": "气象局称，余震可能持续三天，请居民不要靠近倒塌的房屋。",
    "ar": "حذّرت هيئة الأرصاد من هزات ارتدادية، وطلبت من السكان البقاء خارج المنازل.",
    "he": "השירות המטאורולוגי הזהיר מפני רעידות משנה וביקש מהתושבים להישאר בחוץ.",
    "hi": "मौसम विभाग ने आफ्टरशॉक की चेतावनी दी और लोगों से बाहर रहने को कहा।",
    "th": "กรมอุตุนิยมวิทยาเตือนให้ระวังอาฟเตอร์ช็อกและขอให้ประชาชนอยู่นอกอาคาร",
}
TRIPS = (
    "",
    " 👩‍❤️‍💋‍👨🏳️‍🌈🧑🏽‍🚀😶‍🌫️1️⃣🇰🇷🫠",
    " news.kr, desk@news.co.kr #지진 #a_b @news.kr ‘news.com’ #2026",
    " (https://news.example/c) https://a.kr/a_(b) https://news.example/%EC%A7%80.",
    " \u2067RTL\u2069 \u202bembedded\u202c",
    " Ç é é … — ～ ₩5,000",
)
LINKS = (
    "https://news.or.kr/1",
    "https://news.or.kr/2026/11/22/" + "%EC%A7%80%EC%A7%84" * 9 + "/?a=1&b=2",
)
JUDGE = """
const { parseTweet, extractUrls } = require('twitter-text').default || require('twitter-text');
const { RichText } = require('@atproto/api');
const kinds = { link: (f) => f.uri, tag: (f) => f.tag };
const heard = JSON.parse(require('fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(heard.map(([x, sky]) => {
  const text = new RichText({ text: sky });
  text.detectFacetsWithoutResolution();
  const found = (text.facets || []).flatMap(({ index, features: [f] }) => {
    const said = kinds[f.$type.split('#')[1]];
    return said ? [[index.byteStart, index.byteEnd, said(f)]] : [];
  });
  return { weight: parseTweet(x).weightedLength, urls: extractUrls(x),
           graphemes: text.graphemeLength, bytes: text.length, found };
})));
"""


def alerts() -> Iterator[Alert]:
    for (language, said), trip, link, times in product(
        SENTENCES.items(), TRIPS, LINKS, (1, 3, 9)
    ):
        title = " ".join([said + trip] * times)
        yield Alert(title=title, link=link, language=language, tags=("속보", "a b"))


def test_x_and_bluesky_count_no_more_than_we_do() -> None:
    x, sky = make("x"), make("bluesky")
    said = [(compose(each, x), compose(each, sky)) for each in alerts()]
    shown = [json.loads(sky.write(there))["text"] for _, there in said]
    asked = [[here.text, there] for (here, _), there in zip(said, shown, strict=True)]
    verdicts = judged(asked)

    assert len(said) > 250
    for (here, there), verdict in zip(said, verdicts, strict=True):
        assert verdict["weight"] <= 280, here.text
        assert here.link in verdict["urls"], here.text
        assert verdict["graphemes"] <= 300, there.text
        assert verdict["bytes"] <= 3_000, there.text


def test_bluesky_finds_the_links_and_tags_that_we_do() -> None:
    texts = [
        f"{said}{trip}"
        for said, trip in product(SENTENCES.values(), (TRIPS[1], *TRIPS[3:]))
    ]
    texts += ["#속보, ＃지진! ##b #1 #a#b #🦋x #️⃣ (#c) #d.", "a\n#b\n#c d"]
    ours = [
        [
            [index["byteStart"], index["byteEnd"], feature.get("uri") or feature["tag"]]
            for index, feature in (
                (each["index"], each["features"][0]) for each in rich(text)[1]
            )
        ]
        for text in texts
    ]

    assert ours == [each["found"] for each in judged([["", text] for text in texts])]


def judged(asked: list[list[str]]) -> list[dict[str, Any]]:
    """Have each pair of texts, for X and for Bluesky, counted by their own code."""
    found: list[dict[str, Any]] = json.loads(
        answer(JUDGE, needs="twitter-text", heard=json.dumps(asked))
    )
    return found


CARDS = """
const { AdaptiveCard, SerializationContext, Versions } =
  require('adaptivecards/dist/adaptivecards.js');
const heard = JSON.parse(require('fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(heard.map((said) => {
  const card = new AdaptiveCard(), heeded = new SerializationContext(Versions.v1_4);
  AdaptiveCard.langProperty.regEx.lastIndex = 0;  // or it goes on from the last card
  card.parse(said, heeded);
  const faults = [...Array(heeded.eventCount).keys()];
  return { faults: faults.map((at) => heeded.getEventAt(at).message),
           read: card.toJSON().body };
})));
"""


def test_microsoft_reads_every_card_as_it_was_written() -> None:
    channel = make("teams")
    picture = Picture(url="https://news.example/1.jpg", alt="담장")
    cards = [
        json.loads(channel.write(compose(each, channel, template=channel.template)))[
            "attachments"
        ][0]["content"]
        for alert in alerts()
        for each in (alert, replace(alert, picture=picture, language="zh-Hant-TW"))
    ]
    said = answer(CARDS, needs="adaptivecards", heard=json.dumps(cards))

    for card, read in zip(cards, json.loads(said), strict=True):
        assert read == {"faults": [], "read": card["body"]}
