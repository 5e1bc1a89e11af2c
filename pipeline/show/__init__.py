"""Questions to a finished run: one entity, a text, its relations, and what differs between two runs."""
