"""The open book: a static site of the stored notebooks whose panels answer without a kernel (``python -m helpers.course.book``)."""
