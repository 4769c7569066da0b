"""The new file on every runtime that is installed, each as it will be on a device."""

import io
import subprocess
import sys
import warnings
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

import numpy as np

from digits_edge.errors import DigitsError, ModelError
from digits_edge.golden import Scorer
from digits_edge.interpreter import Network, Scores
from digits_edge.normalise import Inputs
from digits_edge.runtimes import installed_runtimes


class NetworkApart:
    """A Network in a process of its own, without TensorFlow.

    As on a device; and tflite-runtime can't load a model at all where TensorFlow was imported first.
    """

    def __init__(self, content: bytes, runtime: str) -> None:
        self.runtime = runtime
        self._content = content

    def scores(self, inputs: Inputs) -> Scores:
        job = io.BytesIO()
        np.savez(job, model=np.frombuffer(self._content, np.uint8), inputs=inputs)
        command = [sys.executable, "-m", __name__, self.runtime]
        done = subprocess.run(command, input=job.getvalue(), capture_output=True, check=False)
        if done.returncode:
            lines = done.stderr.decode(errors="replace").strip().splitlines()
            raise ModelError(
                lines[-1] if lines else f"{self.runtime} crashed on this model ({done.returncode})"
            )
        scores: Scores = np.load(io.BytesIO(done.stdout), allow_pickle=False)
        return scores


def networks(content: bytes) -> Iterator[Scorer]:
    """The model on each installed runtime, the faster first."""
    for runtime in installed_runtimes():
        yield network_here(content) if runtime == "tensorflow" else NetworkApart(content, runtime)


def network_here(content: bytes) -> Network:
    """The model on TensorFlow's own interpreter, in this process, where TensorFlow is loaded already."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that TensorFlow will lose its interpreter one day
        return Network(content, "tensorflow")


def with_version(runtime: str) -> str:
    try:
        return f"{runtime} {version(runtime)}"
    except PackageNotFoundError:  # tensorflow-cpu and other builds under another name
        return runtime


def main() -> int:
    """What runs in the other process: a job on standard input, scores on standard output."""
    with np.load(io.BytesIO(sys.stdin.buffer.read()), allow_pickle=False) as job:
        try:
            scores = Network(job["model"].tobytes(), sys.argv[1]).scores(job["inputs"])
        except DigitsError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    answer = io.BytesIO()  # numpy can't save into a pipe on every Python
    np.save(answer, scores, allow_pickle=False)
    sys.stdout.buffer.write(answer.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main())
