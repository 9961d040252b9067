"""Search: what readers can find, how words are compared, the index and the engine."""
