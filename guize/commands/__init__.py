"""One module a sub-command."""

from guize import siblings

siblings.check()  # before the first of them is imported, so that what shadows ours is named
