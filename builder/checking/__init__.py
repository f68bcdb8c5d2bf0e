"""What is wrong with an app, or missing, before it is published (S43), and how to fix it. Pure."""
