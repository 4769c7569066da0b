from digits_edge.numbers import numbers_of
from digits_edge.reading import Box, Digit, Rejected


def row(*places: int, y: int = 0) -> list[Digit]:
    return [Digit(i % 10, 0.9, Box(x, y, 20, 40)) for i, x in enumerate(places)]


def texts(digits: list[Digit], rejected: list[Rejected] | None = None) -> list[str]:
    return [number.text for number in numbers_of(digits, rejected or [])[0]]


def test_digits_that_stand_together_are_one_number_and_a_space_parts_two() -> None:
    assert texts(row(0, 30, 60, 140, 170)) == ["012", "34"]


def test_a_number_is_as_sure_as_all_its_digits_together() -> None:
    (number,), _ = numbers_of(row(0, 30), [])
    assert number.confidence == 0.9 * 0.9
    assert number.box == Box(0, 0, 50, 40)


def test_a_point_parts_numbers_so_that_three_point_one_four_is_not_314() -> None:
    point = Rejected(0.2, Box(22, 35, 5, 6))
    assert texts(row(0, 30, 60), [point]) == ["0", "12"]


def test_a_comma_below_the_line_parts_numbers() -> None:
    assert texts(row(0, 30, 60), [Rejected(0.2, Box(52, 38, 5, 12))]) == ["01", "2"]


def test_dust_parts_nothing() -> None:
    assert texts(row(0, 30, 60), [Rejected(0.0, Box(24, 20, 2, 2))]) == ["012"]


def test_what_is_rejected_in_another_row_parts_nothing() -> None:
    assert texts(row(0, 30, 60), [Rejected(0.3, Box(25, 90, 10, 20))]) == ["012"]


def test_a_point_that_was_taken_for_a_digit_is_rejected_by_its_size() -> None:
    point = Digit(1, 0.99, Box(52, 34, 5, 6))
    numbers, rejected = numbers_of([*row(0, 30, 60), point], [])
    assert [number.text for number in numbers] == ["01", "2"]
    assert [refused.box for refused in rejected] == [point.box]


def test_rows_are_read_from_the_top() -> None:
    assert texts([*row(0, 30, y=100), *row(0, 30, 60)]) == ["012", "01"]
