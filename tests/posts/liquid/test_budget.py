import pytest

from syndicate.posts.liquid.budget import LARGEST, SpentError, size_of


@pytest.mark.parametrize(
    ("value", "size"),
    [("글", 1), (7, 1), (None, 1), (range(5), 5), ([], 1), (["ab", ["c"]], 8)],
)
def test_a_value_is_measured_with_all_that_is_in_it(value: object, size: int) -> None:
    assert size_of(value) == size


@pytest.mark.parametrize(
    "value",
    [
        "a" * (LARGEST + 1),
        ["a" * 200_000] * 3,
        {"a": ["b" * 200_000], "c": "d" * 200_000},
        range(10**12),
        10**31,
    ],
    ids=["text", "list", "mapping", "range", "number"],
)
def test_a_value_that_is_too_large_is_refused(value: object) -> None:
    with pytest.raises(SpentError):
        size_of(value)
