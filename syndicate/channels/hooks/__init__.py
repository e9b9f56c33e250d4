"""What the kind ``webhook`` is made of beside its file."""
