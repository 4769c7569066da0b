"""edge-digits run as its users run it: a process with arguments, two outputs and an exit code."""

import subprocess
import sys

PROGRAM = [sys.executable, "-c", "from digits_edge.cli import main; main(prog_name='edge-digits')"]


def edge_digits(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    command = [*PROGRAM, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload, no-any-return]
