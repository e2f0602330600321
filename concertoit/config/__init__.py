"""Settings, addresses and template environment of the whole house; imports rooms, is imported by none."""
