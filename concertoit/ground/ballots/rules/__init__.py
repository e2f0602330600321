"""Counting rules in pure Python, exact and reproducible (docs/dev/counting.md).

``judgment`` grades · ``agreement`` how much a group agrees · ``scores`` points, dots, approval · ``rankings`` Borda and
Schulze · ``stv`` seats · ``funding`` greedy spending · ``equal_shares`` the method of equal shares · ``ties`` how equal
options are told apart · ``election`` what a ballot file holds · ``names`` and ``catalogue`` every rule by its name.
"""
