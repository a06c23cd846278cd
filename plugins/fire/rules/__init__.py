"""What fire safety demands of what is filed."""
