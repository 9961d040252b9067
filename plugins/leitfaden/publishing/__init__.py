"""What stands beside the pages for machines: pure functions that return the files' texts."""
