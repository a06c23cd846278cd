"""What is filed about study."""
