"""The regulations of one agency, as data beside their text."""
