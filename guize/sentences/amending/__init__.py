"""The words of repairs other than those of gaps, clashes and deadlines: of names, of routes, of what is left open."""
