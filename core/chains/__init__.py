"""Chains: who may act at which step, and how a matter moves from one to the next."""
