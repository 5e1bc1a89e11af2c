"""Whether a file is what the followthemoney library takes for valid entities; needs nothing else.

    python tests/emit/ftm_valid.py entities.ftm.json

Apart from the tests, because the library needs ICU, which not every machine that tests has (see .ci/run).
"""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def check(entities: Sequence[dict[str, Any]]) -> Counter[str]:
    """Check entities as a whole and return how many there are of each schema.

    Raises:
        AssertionError: one is not valid: an id twice, an unknown schema or property, a value that the
            library would change away, a reference to what is not there or of another kind.
    """
    from followthemoney import model

    schemata = {}
    for entity in entities:
        assert entity["id"] not in schemata, entity["id"]
        schemata[entity["id"]] = model.get(entity["schema"])
    for entity in entities:
        schema = schemata[entity["id"]]
        assert schema is not None and not schema.abstract, entity["schema"]
        schema.validate({"properties": entity["properties"]})
        proxy = model.get_proxy(entity)
        for name, values in entity["properties"].items():
            prop = schema.get(name)
            assert prop is not None, (entity["schema"], name)
            for value in values:
                assert prop.type.clean(value, proxy=proxy) is not None, (name, value)
                if prop.type.name == "entity":
                    assert schemata[value].is_a(prop.range), (entity["schema"], name, value)
    return Counter(entity["schema"] for entity in entities)


def read(path: Path) -> list[dict[str, Any]]:
    """Return the entities of a file."""
    return [json.loads(line) for line in path.read_text("utf-8").rstrip("\n").split("\n")]


if __name__ == "__main__":
    counted = check(read(Path(sys.argv[1])))
    print("valid: " + ", ".join(f"{count} {schema}" for schema, count in sorted(counted.items())))
