"""What every agency shares: people, rulebook, chain, duties, ledgers, journal, store, office."""
