"""Who may approve what: policy, board, acts, and the standing they add up to."""
