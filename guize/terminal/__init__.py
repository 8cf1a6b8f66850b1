"""What a person reads on the terminal: one module a command. Nothing else prints findings or norms."""
