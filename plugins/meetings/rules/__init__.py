"""The rules of a body's meetings, in the order of a meeting: topics, roll call, turns, votes, conclusions, the end."""
