"""What the connector brings to the Settings tab."""
