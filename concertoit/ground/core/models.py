"""Abstract bases shared by the models of every room."""

from django.db import models


class TimeStamped(models.Model):
    """A row that knows when it was written first and last."""

    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        abstract = True
