"""Ends of ranges that the rooms of the model share."""

MOST = 1e12  # no count, power or sum of money here is larger
