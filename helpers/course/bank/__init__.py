"""A question bank whose numbers vary by a seed (``python -m helpers.course.bank``): see `asking` and `bank`."""
