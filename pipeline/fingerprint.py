"""The program's own fingerprint: what was worked out by other code is not reused."""

import functools
import hashlib
from pathlib import Path

_ROOT = Path(__file__).resolve().parent
_WHOLE = 1 << 20


@functools.cache
def fingerprint() -> str:
    """Return a digest of the package's files (of large ones, such as models, name and size)."""
    digest = hashlib.sha256()
    for path in sorted(_ROOT.rglob("*")):
        if not path.is_file() or path.suffix == ".pyc" or "gazetteers" in path.parts[len(_ROOT.parts) :]:
            continue
        size = path.stat().st_size
        digest.update(f"{path.relative_to(_ROOT)}\0{size}\0".encode())
        if size <= _WHOLE:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
