"""The MkDocs plugin: answers its events from contract, pages and renderer."""
