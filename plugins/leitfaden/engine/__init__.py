"""The same site as `mkdocs build` makes, by several processes at once."""
