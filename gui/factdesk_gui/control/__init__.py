"""What commands do: each control answers the commands of one part of the window."""
