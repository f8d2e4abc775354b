"""A graded edition of the question bank, made by Otter (``python -m helpers.course.graded``): see `masters`, `assigning`, `grading`."""
