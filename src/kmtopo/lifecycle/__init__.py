"""Lifecycle: what an operator does on each machine after a build, worked out from the files that changed."""

from __future__ import annotations

from kmtopo.lifecycle.outlook import Outlook, outlooks
from kmtopo.lifecycle.steps import Reason, Step, Steps

__all__ = ["Outlook", "Reason", "Step", "Steps", "outlooks"]
