"""A software bill of materials (CycloneDX 1.6, JSON) of what is locked, from the lock and the installed metadata.

usage: python benchmarks/sbom.py [LOCK] > sbom.json

Nothing is downloaded. Each package of the lock has its version, the hashes that pip checks, its licence as
its metadata name it and what it requires; packages for other systems, which are not installed, have no licence.
"""

import hashlib
import json
import re
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def locked(text: str) -> dict[str, tuple[str, list[str]]]:
    """Return version and SHA-256 hashes of each package of a lock, by name; of two versions the first."""
    found: dict[str, tuple[str, list[str]]] = {}
    for entry in re.split(r"\n(?=\S)", text.replace("\\\n", " ")):
        match = re.match(r"([A-Za-z0-9_.-]+)==([^\s;]+)", entry)
        if match:
            found.setdefault(normal(match[1]), (match[2], re.findall(r"--hash=sha256:([0-9a-f]{64})", entry)))
    return dict(sorted(found.items()))


def normal(name: str) -> str:
    """Return a package's name in the form that indexes use."""
    return re.sub(r"[-_.]+", "-", name).lower()


def component(name: str, version: str, hashes: list[str]) -> dict[str, Any]:
    """Return a package as a component."""
    found: dict[str, Any] = {
        "type": "library",
        "bom-ref": f"pkg:pypi/{name}@{version}",
        "name": name,
        "version": version,
    }
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        about = None
    if about is not None:
        classified = [
            c.rpartition(" :: ")[2] for c in about.get_all("Classifier") or [] if c.startswith("License ::")
        ]
        licence = (
            about.get("License-Expression")
            or "; ".join(classified)
            or (about.get("License") or "").split("\n")[0]
        )
        if about.get("License-Expression"):
            found["licenses"] = [{"expression": licence}]
        elif licence:
            found["licenses"] = [{"license": {"name": licence[:120]}}]
        if about.get("Summary"):
            found["description"] = about["Summary"]
    found["purl"] = found["bom-ref"]
    if hashes:
        urls = f"https://pypi.org/simple/{name}/"
        found["externalReferences"] = [
            {
                "type": "distribution",
                "url": urls,
                "hashes": [{"alg": "SHA-256", "content": h} for h in sorted(hashes)],
            }
        ]
    return found


def requires(name: str, known: dict[str, tuple[str, list[str]]]) -> list[str]:
    """Return the references of what a package requires, of what is locked."""
    try:
        needs = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []
    names = {
        normal(re.split(r"[\s\[;<>=!~(]", need, maxsplit=1)[0]) for need in needs if "extra ==" not in need
    }
    return [f"pkg:pypi/{n}@{known[n][0]}" for n in sorted(names & set(known))]


def bill(lock: Path) -> dict[str, Any]:
    """Return the bill of materials of a lock; it depends on the lock and the installed metadata only."""
    text = lock.read_text("utf-8")
    known = locked(text)
    version = re.search(r'__version__ = "([^"]+)"', (ROOT / "pipeline" / "__init__.py").read_text("utf-8"))
    own = f"pkg:pypi/zhen-pipeline@{version[1] if version else '0'}"
    digest = hashlib.sha256(text.encode()).hexdigest()
    serial = f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application", "bom-ref": own, "name": "zhen-pipeline", "version": own.rpartition("@")[2],
                "licenses": [{"expression": "Apache-2.0"}], "purl": own,
            }
        },
        "components": [component(name, *entry) for name, entry in known.items()],
        "dependencies": [
            {"ref": own, "dependsOn": [f"pkg:pypi/{n}@{v}" for n, (v, _) in known.items()]},
            *({"ref": f"pkg:pypi/{n}@{v}", "dependsOn": requires(n, known)} for n, (v, _) in known.items()),
        ],
    }  # fmt: skip


if __name__ == "__main__":
    print(
        json.dumps(
            bill(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "requirements.lock"),
            indent=1,
            ensure_ascii=False,
        )
    )
