"""From a source document to a plan: the outline, everything doubtful, and everything that found no place."""

from .engine import understand
from .result import Anomaly, ColumnReading, Furniture, Mapping, TableReading, Understanding
from .roles import Role

__all__ = ["Anomaly", "ColumnReading", "Furniture", "Mapping", "Role", "TableReading", "Understanding", "understand"]
