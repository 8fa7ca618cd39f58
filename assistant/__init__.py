"""ziping (自评): fill in, score, check, draft and export a 项目支出绩效自评表."""

__version__ = "0.1.0"
