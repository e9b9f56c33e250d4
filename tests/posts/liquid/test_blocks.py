from syndicate.posts.liquid.blocks import DEEPEST, Block, Blocks


def into(blocks: Blocks, *names: str, is_told: bool = True) -> None:
    for offset, name in enumerate(names):
        blocks.open(Block(name, offset, is_told))


def closed(blocks: Blocks, name: str) -> list[tuple[str, bool]]:
    return [(block.name, is_missing) for block, is_missing in blocks.close(name)]


def test_an_end_closes_what_was_left_open_in_its_block() -> None:
    blocks = Blocks()
    into(blocks, "for", "if", "unless")

    assert closed(blocks, "if") == [("unless", True), ("if", False)]
    assert [block.name for block, _ in blocks.close_all()] == ["for"]


def test_an_end_of_what_is_not_open_closes_nothing() -> None:
    blocks = Blocks()
    into(blocks, "if")

    assert closed(blocks, "for") == []
    assert closed(blocks, "if") == [("if", False)]


def test_a_mark_belongs_to_the_innermost_block_and_else_comes_last() -> None:
    blocks = Blocks()

    assert not blocks.branch("else")

    into(blocks, "if", "for")

    assert not blocks.branch("elsif"), "a loop has none"
    assert blocks.branch("else")
    assert not blocks.branch("else")


def test_what_stands_in_a_block_nobody_is_told_of_is_not_told() -> None:
    blocks = Blocks()
    into(blocks, "if", is_told=False)

    assert not blocks.is_told
    assert not blocks.branch("else")


def test_blocks_go_no_deeper_than_the_engine_does() -> None:
    blocks = Blocks()
    into(blocks, *["if"] * (DEEPEST - 1))

    assert blocks.has_room

    into(blocks, "if")

    assert not blocks.has_room
    assert blocks.is_told
