"""Events of a démarche, who comes, what is needed."""
