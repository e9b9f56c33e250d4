from liquid import Token
from liquid.builtin.expressions.primitive import IntegerLiteral

from syndicate.posts.liquid.tags import Bounded


def test_what_a_loop_goes_through_can_be_looked_into() -> None:
    """As the library's own analysis of a template does."""
    inner = IntegerLiteral(Token("integer", "3", 0, "3"), 3)
    bounded = Bounded(inner)

    assert bounded.children() == [inner]
    assert str(bounded) == str(inner)
