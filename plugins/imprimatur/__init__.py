"""Publish medical articles only as far as named people have approved exactly this text."""
