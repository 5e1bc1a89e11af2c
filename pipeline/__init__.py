"""zhen: names of China's technology ecosystem, found in documents and tied to their place.

>>> from pipeline import ingest
>>> run = ingest(["report.pdf"])  # doctest: +SKIP
>>> [mention.text for mention in run.mentions_of("Megvii")]  # doctest: +SKIP
['Megvii', '旷视科技']
"""

import os
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Run", "Settings", "ingest", "load_gazetteers", "open_run", "records"]

if TYPE_CHECKING:
    from pipeline import records
    from pipeline.ingest import ingest
    from pipeline.match.gazetteer import load_gazetteers
    from pipeline.results import Run, open_run
    from pipeline.settings import Settings

# onnxruntime, from 1.29 on, reports its use to its maker unless this stands when it is loaded; zhen uses no network
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

_WHERE = {
    "ingest": "pipeline.ingest",
    "load_gazetteers": "pipeline.match.gazetteer",
    "open_run": "pipeline.results",
    "Run": "pipeline.results",
    "Settings": "pipeline.settings",
}


def __getattr__(name: str) -> Any:
    """Import the public API when it is first asked for, so that ``zhen --help`` starts at once."""
    import importlib

    if name in _WHERE:
        return getattr(importlib.import_module(_WHERE[name]), name)
    if name == "records":
        return importlib.import_module("pipeline.records")
    raise AttributeError(f"module 'pipeline' has no attribute {name!r}")


class _Package(ModuleType):
    """The package: ``pipeline.ingest`` is the function, also after the submodule of that name was imported."""

    def __setattr__(self, name: str, value: object) -> None:
        if name == "ingest" and isinstance(value, ModuleType):
            return
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
