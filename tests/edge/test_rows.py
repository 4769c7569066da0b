from digits_edge.reading import Box
from digits_edge.rows import in_rows


def test_rows_come_from_the_top_and_run_from_left_to_right() -> None:
    boxes = [Box(50, 100, 10, 20), Box(10, 100, 10, 20), Box(30, 10, 10, 20), Box(10, 12, 10, 20)]
    assert in_rows(boxes) == [[3, 2], [1, 0]]


def test_a_slanted_row_is_one_row() -> None:
    assert in_rows([Box(40 * i, 8 * i, 20, 30) for i in range(12)]) == [list(range(12))]


def test_no_boxes_make_no_rows() -> None:
    assert in_rows([]) == []
