"""What can go wrong, for callers to catch. Every message is one line: found, wanted, what to do.

DigitsError
├── InputError (ValueError)           an image, video, folder or data file that can't be used
├── CameraError (OSError)             a camera or stream that can't be opened or stopped answering
├── ModelError (ValueError)           a model file that is broken, foreign, or computed wrongly here
├── OutputError (OSError)             a result that couldn't be written
│   └── StdoutError                   … nor can any that follow
└── MissingPackageError (ImportError) a package that isn't installed; names the command that installs it
"""


class DigitsError(Exception):
    """Base of every error that a user of this project can mend."""


class InputError(DigitsError, ValueError):
    """An image, video, folder or data file that can't be used."""


class CameraError(DigitsError, OSError):
    """A camera or stream that can't be opened, or that stopped answering."""


class ModelError(DigitsError, ValueError):
    """A model file that is broken, foreign, or computed wrongly by this runtime."""


class OutputError(DigitsError, OSError):
    """A result that couldn't be written; nothing half-written is left behind."""


class StdoutError(OutputError):
    """Standard output that can't be written: there is no use in reading on."""


class MissingPackageError(DigitsError, ImportError):
    """A package that isn't installed; the message names the command that installs it."""
