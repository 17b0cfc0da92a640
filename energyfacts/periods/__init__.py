"""Dates and stretches of time in running text, in ISO 8601, relative to the article's date and never to today.

``patterns`` turns a pack's words into search patterns, ``scan`` finds what they match, ``mentions`` reads what is
written, ``reading`` says which time is meant, ``calendar`` knows days and ISO names and no text.
"""

from __future__ import annotations

from energyfacts.periods.reading import Period, calendar_spans, find_periods

__all__ = ["Period", "calendar_spans", "find_periods"]
