"""Pages → diagnostics: rules, and what decides which of their findings are told."""
