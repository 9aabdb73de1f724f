"""What an advisor would stumble over, in German."""
