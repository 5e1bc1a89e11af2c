"""What a run needs besides its documents: gazetteers, decisions and models, loaded when first asked for."""

import functools

from pipeline.curate.decisions import Decisions, load_decisions
from pipeline.match.gazetteer import Gazetteer, builtin_folder, load_gazetteers
from pipeline.settings import Settings


class Tools:
    """What decides the output of a run; it can be asked for versions before anything that takes long is loaded.

    Args:
        settings: of the run.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @functools.cached_property
    def gazetteer(self) -> Gazetteer | None:
        """The compiled gazetteers, or None when switched off."""
        return load_gazetteers(self.settings.gazetteers) if self.settings.gazetteer else None

    @functools.cached_property
    def decisions(self) -> Decisions:
        """What curators decided, beside the gazetteers."""
        if self.gazetteer is None:
            return Decisions()
        return load_decisions(builtin_folder(), *self.settings.gazetteers)

    def models(self) -> list[str]:
        """Load the user's own spaCy pipelines; return each as ``LANG=NAME`` with a digest of its files.

        Raises:
            UsageError: one cannot be loaded.
        """
        if not self.settings.models:
            return []
        from pipeline.match import spacy_own

        for language, name in self.settings.models.items():
            spacy_own.load(language, name)
        digests = spacy_own.digests(self.settings.models)
        return [f"{language}={self.settings.models[language]} ({d})" for language, d in digests.items()]
