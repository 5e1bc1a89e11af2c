"""Names compared across scripts: ``rank`` candidates for a name, with scores and explanations."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.names.cross import Evidence
    from pipeline.names.match import Ranked, rank

__all__ = ["Evidence", "Ranked", "rank"]


def __getattr__(name: str) -> Any:
    """Load the service when it is first asked for: the command line must start fast."""
    if name in __all__:
        from pipeline.names import match

        return getattr(match, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
