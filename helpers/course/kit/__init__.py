"""The course as one archive, for closed networks and sticks (``python -m helpers.course.kit``): see `building`."""
