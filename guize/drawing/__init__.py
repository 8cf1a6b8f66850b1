"""Pictures and exchange formats of routes and graphs: a plan first (`plan`), then one module a format."""
