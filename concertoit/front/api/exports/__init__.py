"""Documents of the interfaces."""
