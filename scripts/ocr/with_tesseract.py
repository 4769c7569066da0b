"""Tesseract on images: `with_tesseract.py PSM --json -- IMAGE…`, PSM being its page segmentation mode."""

import csv
import subprocess
import sys
from collections import defaultdict
from tempfile import NamedTemporaryFile

from lines import Box, Text, json_line, sources

WORD = "5"  # of the table's levels: page, block, paragraph, line, word


def main(mode: str, images: list[str]) -> None:
    with NamedTemporaryFile("w", suffix=".txt") as listed:
        listed.write("\n".join(images))
        listed.flush()
        command = ["tesseract", listed.name, "stdout", "--psm", mode]
        digits = ["-c", "tessedit_char_whitelist=0123456789", "tsv"]
        done = subprocess.run([*command, *digits], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit((done.stderr.strip().splitlines() or [f"tesseract ended with {done.returncode}"])[-1])
    found: dict[int, list[Text]] = defaultdict(list)  # image, from 1
    for row in csv.DictReader(done.stdout.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == WORD:
            box = Box(*(int(row[side]) for side in ("left", "top", "width", "height")))
            found[int(row["page_num"])].append(Text(row["text"], float(row["conf"]) / 100, box))
    for number, image in enumerate(images, 1):
        print(json_line(image, found[number]))  # the words come in reading order


if __name__ == "__main__":
    main(sys.argv[1], sources())
