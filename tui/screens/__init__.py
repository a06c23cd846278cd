"""The pictures of the application, one file each."""
