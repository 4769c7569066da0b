"""RapidOCR on images: `with_rapidocr.py --json -- IMAGE…`, run by a Python that has it; one thread."""

import logging

import numpy as np
from lines import Box, Text, json_line, read_in_rows, sources
from rapidocr import RapidOCR

ONE_THREAD = {
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "Global.log_level": "error",
}


def main(images: list[str]) -> None:
    logging.disable(logging.WARNING)
    engine = RapidOCR(params=ONE_THREAD)
    for image in images:
        done = engine(image)
        found = [] if done.txts is None else zip(done.txts, done.scores, done.boxes, strict=True)
        texts = [Text(text, float(score), upright(corners)) for text, score, corners in found]
        print(json_line(image, read_in_rows(texts)), flush=True)


def upright(corners: np.ndarray) -> Box:
    """The upright box around four corners, (4, 2)."""
    x, y = np.floor(corners.min(axis=0)).astype(int)
    right, foot = np.ceil(corners.max(axis=0)).astype(int)
    return Box(int(x), int(y), int(right - x), int(foot - y))


if __name__ == "__main__":
    main(sources())
