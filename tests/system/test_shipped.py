"""The model that edge-digits reads with unless told otherwise is the same one everywhere it is named."""

import tomllib
from pathlib import Path

from digits_edge.card import read_card
from digits_edge.models import DEFAULT, default_model

ROOT = Path(__file__).parents[2]


def test_the_wheel_holds_the_default_model() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included == {f"models/{DEFAULT}": f"digits_edge/models/{DEFAULT}"}


def test_the_default_model_is_what_its_name_says_and_ships_with_its_sources() -> None:
    assert default_model() == ROOT / "models" / DEFAULT
    card = read_card(default_model().read_bytes())
    assert card is not None
    assert f"{card.recipe}-{card.quantize}.tflite" == DEFAULT
    for other in (f"{card.recipe}.keras", f"{card.recipe}-float32.tflite"):
        assert (ROOT / "models" / other).is_file(), other
