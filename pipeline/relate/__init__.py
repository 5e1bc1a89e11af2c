"""Statements between entities, each with the sentence or table row that makes it."""

from typing import TYPE_CHECKING

__all__ = ["relate", "stated_properties"]

if TYPE_CHECKING:
    from pipeline.relate.stage import relate, stated_properties
else:

    def __getattr__(name: str) -> object:
        """Import a name when it is first asked for: what only reads an index starts at once."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        import importlib

        found = getattr(importlib.import_module("pipeline.relate.stage"), name)
        globals()[name] = found
        return found
