from training_pace import make_lessons, plain_fit, train_digits


def test_every_way_of_training_has_a_pace() -> None:
    assert plain_fit("article", 64, 4, told=True, determined=True) > 0
    assert plain_fit("compact", 128, 4, averaged=False) > 0
    assert train_digits("article", 64, 4) > 0
    assert train_digits("compact", 128, 4, lessons=False) > 0
    assert make_lessons("compact", 128, 4) > 0
