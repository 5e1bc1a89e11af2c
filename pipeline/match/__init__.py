"""Names are found: by the gazetteers, by rules, and by statistical models as further witnesses."""

from typing import TYPE_CHECKING

__all__ = ["Candidate", "Finder", "Matcher"]
_WHERE = {
    "Candidate": "pipeline.match.candidates",
    "Finder": "pipeline.match.find",
    "Matcher": "pipeline.match.matcher",
}

if TYPE_CHECKING:
    from pipeline.match.candidates import Candidate
    from pipeline.match.find import Finder
    from pipeline.match.matcher import Matcher
else:

    def __getattr__(name: str) -> object:
        """Import a name when it is first asked for: what only reads an index starts at once."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        import importlib

        found = getattr(importlib.import_module(_WHERE[name]), name)
        globals()[name] = found
        return found
