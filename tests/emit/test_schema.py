"""JSON Schemas: valid themselves, and true of what a run writes."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from pipeline.emit.jsonl import FILES
from pipeline.emit.schema import NAMES, schema


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one(name: str) -> None:
    found = schema(name)
    Draft202012Validator.check_schema(found)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_run_is_what_its_schemas_say(sample_run: Path, name: str) -> None:
    validator = Draft202012Validator(schema(name))
    lines = (sample_run / f"{name}.jsonl").read_text("utf-8").splitlines()
    for line in lines:
        validator.validate(json.loads(line))
    assert lines or name == "relations"


def test_run_json_is_what_its_schema_says(sample_run: Path) -> None:
    Draft202012Validator(schema("run")).validate(json.loads((sample_run / "run.json").read_text("utf-8")))


def test_a_schema_refuses_what_is_not_in_the_contract() -> None:
    validator = Draft202012Validator(schema("mentions"))
    good = {
        "id": "d:1:0-1", "document": "d", "page": 1, "start": 0, "end": 1, "text": "x", "bboxes": [[0, 0, 1, 1]],
        "language": "en", "type": "company", "entity": "company/x", "method": "rule", "score": 0.5, "continues": None,
    }  # fmt: skip
    assert validator.is_valid(good)
    for field, value in [
        ("type", "firm"),
        ("language", "de"),
        ("method", "guess"),
        ("start", "0"),
        ("bboxes", [[0, 0, 1]]),
    ]:
        assert not validator.is_valid({**good, field: value}), field
    for field in good:
        assert not validator.is_valid({k: v for k, v in good.items() if k != field}), field


def test_an_unknown_name() -> None:
    with pytest.raises(KeyError):
        schema("nothing")
