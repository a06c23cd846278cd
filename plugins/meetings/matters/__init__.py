"""The matter types of a body's meetings: before one, at one step by step, and what comes of it."""
