"""What is asked of a service: from a call's document and its values to the request that goes out. Pure."""
