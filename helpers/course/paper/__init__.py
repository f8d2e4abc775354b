"""Slides and handouts from the stored notebooks (``python -m helpers.course.paper slides`` or ``print``)."""
