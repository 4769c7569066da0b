"""The JSON line that edge-digits writes for an image, from the texts that another program found in it."""

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2] / "edge"))  # which another program's environment lacks
from digits_edge.reading import Box
from digits_edge.rows import in_rows


class Text(NamedTuple):
    text: str
    confidence: float
    box: Box


def json_line(source: str, texts: Sequence[Text]) -> str:
    """`texts` in reading order; of each what is a digit counts, runs of digits apart."""
    numbers = [
        {"text": number, "confidence": one.confidence, "box": one.box}
        for one in texts
        for number in re.findall("[0-9]+", one.text)
    ]
    return json.dumps({"source": source, "numbers": numbers})


def read_in_rows(texts: Sequence[Text]) -> list[Text]:
    """Texts found anywhere, in reading order: rows from the top, as edge-digits reads."""
    return [texts[i] for row in in_rows([one.box for one in texts]) for i in row]


def sources() -> list[str]:
    """The images named after -- on this program's command line."""
    return sys.argv[sys.argv.index("--") + 1 :]
