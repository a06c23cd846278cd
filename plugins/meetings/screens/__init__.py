"""The screens of meetings; nothing else of the family sees the terminal."""
