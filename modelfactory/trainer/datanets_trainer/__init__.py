"""Attributed fine-tuning: train an adapter, and say whose data shaped it. Knows no chain."""

__version__ = "0.1.0"
