"""What topology.yaml may say under ``generators.compose``."""

from __future__ import annotations

from kmtopo.plugin import Options, option


class ComposeOptions(Options):
    """How much of its log each container keeps on disk."""

    log_size: str = option("10m", pattern=r"^[1-9][0-9]{0,5}[kmg]$", description="Size of one log file.")
    log_files: int = option(5, ge=1, le=100, description="How many log files are kept, the oldest dropped.")
