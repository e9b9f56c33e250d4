from syndicate.feeds.markup import element, joined


def test_text_is_escaped_and_elements_stand() -> None:
    link = element("a", "<강진> & 비", href="/?a=1&b=2")

    assert element("p", link, " 'x'") == (
        '<p><a href="/?a=1&amp;b=2">&lt;강진&gt; &amp; 비</a> &#x27;x&#x27;</p>'
    )


def test_no_attribute_can_be_left() -> None:
    found = element("img", alt='"><script>', src="a.png")

    assert found == '<img alt="&quot;&gt;&lt;script&gt;" src="a.png">'


def test_attributes_whose_names_python_cannot_spell() -> None:
    found = element("p", class_="when", aria_label="때")

    assert found == '<p class="when" aria-label="때"></p>'


def test_what_is_joined_is_escaped_likewise() -> None:
    assert joined("<", element("b"), by=" ") == "&lt; <b></b>"
