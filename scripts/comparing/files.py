"""The files of one network, found by their common stem."""

from dataclasses import dataclass
from pathlib import Path

from digits_edge.errors import InputError
from digits_train.recipe import recipe_names

MODELS = Path(__file__).parents[2] / "models"


@dataclass(frozen=True, slots=True)
class ModelFiles:
    name: str
    int8: Path
    float32: Path | None
    keras: Path | None

    @property
    def converted(self) -> tuple[Path, ...]:
        return (self.int8,) if self.float32 is None else (self.float32, self.int8)


def find_files(stem: str) -> ModelFiles:
    """The files of a name in models/, or of a path without its ending: `../new/compact`.

    Raises InputError where there is no int8 file.
    """
    base = Path(stem) if Path(stem).parent != Path() else MODELS / stem
    int8, float32, keras = (
        base.parent / f"{base.name}{end}" for end in ("-int8.tflite", "-float32.tflite", ".keras")
    )
    if not int8.is_file():
        raise InputError(
            f"{int8}: no such file; name what stands before -int8.tflite, {' or '.join(shipped())}"
        )
    return ModelFiles(stem, int8, float32 if float32.is_file() else None, keras if keras.is_file() else None)


def shipped() -> list[str]:
    """The recipes whose network lies in models/."""
    return [name for name in recipe_names() if (MODELS / f"{name}-int8.tflite").is_file()]
