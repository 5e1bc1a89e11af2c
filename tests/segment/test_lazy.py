"""spaCy is not loaded before a sentence asks for it."""

import subprocess
import sys

_TELL = """
import sys
from pipeline.settings import Settings
from pipeline.work import Pipeline

tools = Pipeline(Settings(gazetteer=False))
tools.understand(tools.parse("The weather was fine in the north.".encode(), "a.txt"))
print("spacy" in sys.modules)
tools.understand(tools.parse("The weather was fine in Xyzzytown.".encode(), "a.txt"))
print("spacy" in sys.modules)
"""


def test_spacy_is_not_loaded_where_nothing_asks_for_it() -> None:
    told = subprocess.run([sys.executable, "-c", _TELL], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False", "True"]
