"""What the screens of meetings show and begin a form with, read from the records; nothing here sees the terminal."""
