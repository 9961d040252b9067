"""The rules, by what they look at. A rule is one function; nothing else has to know of it."""
