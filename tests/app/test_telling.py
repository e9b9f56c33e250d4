"""What the configuration makes of an alert's words."""

from pathlib import Path
from typing import Any

import pytest

from syndicate.app.opening import open_config
from syndicate.app.telling import open_roster
from syndicate.channels.base import Uploads
from syndicate.errors import ConfigError
from syndicate.model import Alert, Outgoing, Severity

CHANNEL = '[[channels]]\nname = "desk"\nkind = "log"\n'


def roster(folder: Path, text: str) -> Any:
    path = folder / "config.toml"
    path.write_text(f'[site]\nurl = "https://news.example"\n{text}', "utf-8")
    return open_roster(open_config(path))


def said(folder: Path, text: str, **words: Any) -> str:
    alert = Alert(**{"title": "지진", "link": None, "language": "ko", **words})
    (found,) = roster(folder, text).write(alert, ["desk"])
    assert isinstance(found, Outgoing)
    return found.text


TEMPLATES = f"""{CHANNEL}template = "{{title}}"
[channels.templates]
breaking = "{{prefix}} {{title}} {{hashtags}}"
"""


def test_each_severity_may_have_its_own_template(tmp_path: Path) -> None:
    assert said(tmp_path, TEMPLATES, tags=("재난 문자",)) == "[속보] 지진 #재난문자"
    assert said(tmp_path, TEMPLATES, severity=Severity.NORMAL) == "지진"


def test_a_newsroom_may_have_its_own_prefixes(tmp_path: Path) -> None:
    own = '[alerts.prefixes.ko]\nbreaking = "<긴급>"\n'

    assert said(tmp_path, own + TEMPLATES) == "<긴급> 지진"
    assert said(tmp_path, own + TEMPLATES, language="en") == "BREAKING: 지진"
    assert said(tmp_path, own + TEMPLATES, corrects=1) == "[정정] 지진"


def test_a_template_for_a_severity_is_checked_like_any_other(tmp_path: Path) -> None:
    wrong = f'{CHANNEL}[channels.templates]\nurgent = "{{titel}}"\nurgnt = "x"\n'
    with pytest.raises(ConfigError) as caught:
        roster(tmp_path, wrong)

    said = str(caught.value)
    assert "titel" in said
    assert "urgnt" in said


def test_all_that_upload_share_one_darkroom(tmp_path: Path) -> None:
    tables = "".join(
        f'[[channels]]\nname = "m{n}"\nkind = "mastodon"\n'
        'instance = "https://m.example"\ntoken = "tttt"\n'
        for n in range(2)
    )
    one, two = roster(tmp_path, tables).channels.values()

    assert isinstance(one, Uploads)
    assert isinstance(two, Uploads)
    assert one.pictures is two.pictures is not None
