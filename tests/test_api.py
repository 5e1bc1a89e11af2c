"""The public API of the package."""

import importlib

import pipeline


def test_ingest_is_the_function_whatever_was_imported_first() -> None:
    module = importlib.import_module("pipeline.ingest")
    from pipeline import ingest

    assert callable(ingest)
    assert ingest is module.ingest
    assert pipeline.ingest is module.ingest
