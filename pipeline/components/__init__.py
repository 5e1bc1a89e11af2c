"""zhen's matcher, glosses and tagger as spaCy components, for any English or Chinese pipeline.

Registered by entry points: once zhen is installed, ``nlp.add_pipe("zhen_gazetteer")`` needs no import.
See docs/spacy.md.
"""

from pipeline.components.gazetteer import GazetteerComponent
from pipeline.components.glosses import GlossComponent
from pipeline.components.tagger import TaggerComponent

__all__ = ["GazetteerComponent", "GlossComponent", "TaggerComponent"]
