"""A module that cannot be imported, as a kind of somebody else's may be."""

raise RuntimeError("half installed")
