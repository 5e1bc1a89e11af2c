"""Chinese and English names of one thing become one entity."""

from pipeline.align.entities import Aligned, LocalEntity, LocalName, Named, align

__all__ = ["Aligned", "LocalEntity", "LocalName", "Named", "align"]
