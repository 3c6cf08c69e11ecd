"""What people and the machine do to a project; each function runs inside one transaction."""
