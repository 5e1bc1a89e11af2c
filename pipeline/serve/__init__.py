"""``zhen serve``: the report's pages over a database, for runs of any size."""
