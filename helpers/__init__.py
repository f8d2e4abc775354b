"""The course's own code: data, calculations, charts, panels and exercise checks."""

__version__ = "0.1.1"
