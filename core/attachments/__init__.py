"""Files that belong to a matter: what may be attached, where the contents lie, how they come in."""
