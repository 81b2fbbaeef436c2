"""What may be published: rules, findings, verdict."""
