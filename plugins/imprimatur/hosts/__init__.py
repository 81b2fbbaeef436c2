"""Where the press stands: adapters to site generators, translation only."""
