"""What people type: the command, its reports and output formats."""
