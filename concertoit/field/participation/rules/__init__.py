"""Rules of tenant participation in Québec's housing offices, in plain Python: parameters, checks, mandates, elections.

Source of the field: facts collected from the Loi sur la Société d'habitation du Québec (art. 57.1, 58.4, 58.5), as quoted
by the federation of tenants of low-rent housing (FLHLMQ). Every number is a parameter (``parameters``).
"""
