"""Tests of guize, in the layout of the packages."""
