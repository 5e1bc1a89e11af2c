"""Where the relation patterns lie."""

from pathlib import Path

_BESIDE = Path(__file__).resolve().parent.parent


def patterns_path() -> Path:
    """Return the shipped relations.yaml: in the wheel, or in the repository."""
    inside = _BESIDE / "gazetteers" / "relations.yaml"
    return inside if inside.is_file() else _BESIDE.parent / "gazetteers" / "relations.yaml"
