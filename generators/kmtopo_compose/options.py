"""What topology.yaml may say under ``generators.compose``."""

from __future__ import annotations

from pydantic import Field

from kmtopo.plugin import Options


class ComposeOptions(Options):
    """How much of its log each container keeps on disk."""

    log_size: str = Field("10m", pattern=r"^[1-9][0-9]{0,5}[kmg]$", description="Size of one log file.")
    log_files: int = Field(5, ge=1, le=100, description="How many log files are kept, the oldest dropped.")
