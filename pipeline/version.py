"""The code version that generations and publications carry."""

from importlib.metadata import PackageNotFoundError, version


def _installed() -> str:
    try:
        return version("tarmim")
    except PackageNotFoundError:
        return "source"


CODE_VERSION = _installed()
