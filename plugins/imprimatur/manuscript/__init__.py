"""What authors write: the strict reader of manuscripts, and the manifest of one text."""
