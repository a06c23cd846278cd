"""Access: whose key is whose, and who came and went."""
