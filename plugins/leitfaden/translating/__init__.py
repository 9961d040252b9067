"""How translations stand to what they translate: units, the lock, evidence, standing."""
