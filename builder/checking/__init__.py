"""What is wrong with an app or missing in it, before it is published (S43), and what mends it. Pure."""
