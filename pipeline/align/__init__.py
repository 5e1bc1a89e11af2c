"""Chinese and English names of one thing become one entity."""

from typing import TYPE_CHECKING

__all__ = ["Aligned", "LocalEntity", "LocalName", "Named", "align"]

if TYPE_CHECKING:
    from pipeline.align.entities import Aligned, LocalEntity, LocalName, Named, align
else:

    def __getattr__(name: str) -> object:
        """Import a name when it is first asked for: what only reads an index starts at once."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        import importlib

        found = getattr(importlib.import_module("pipeline.align.entities"), name)
        globals()[name] = found
        return found
