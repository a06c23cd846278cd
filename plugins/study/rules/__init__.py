"""What study regulations demand of what is filed."""
