"""What is filed for fire safety."""
