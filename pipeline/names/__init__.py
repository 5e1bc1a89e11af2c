"""Names compared across scripts: rank candidates for a name, with scores and explanations."""

from pipeline.names.cross import Evidence
from pipeline.names.match import Ranked, rank

__all__ = ["Evidence", "Ranked", "rank"]
