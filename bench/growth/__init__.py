"""How an audit grows with the number of norms, beside what else one could write: see `__main__.py`."""
