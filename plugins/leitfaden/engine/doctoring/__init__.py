"""What `leitfaden doctor` looks at, one module each; what it tells stands in `texts/`."""
