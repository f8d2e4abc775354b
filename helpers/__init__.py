"""The course's own code: data, calculations, charts, panels and exercise checks."""

from helpers.core.imports import hide_grammar

__version__ = "0.3.0"

hide_grammar()  # here, so that it holds whichever module of the course imports Altair first
