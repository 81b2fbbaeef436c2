"""What a reader sees: the Python-Markdown extension and the parts of the page."""
