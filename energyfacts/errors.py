"""The exceptions a caller may want to catch."""

from __future__ import annotations


class EnergyFactsError(ValueError):
    """Something a user gave could not be used.

    The message is one sentence: what was wrong, where, and what to do.

    Examples
    --------
    >>> import energyfacts
    >>> try:
    ...     energyfacts.parse("20 million", lang="xx")
    ... except energyfacts.EnergyFactsError as error:
    ...     print(error)
    There is no language pack 'xx'; choose one of en, id.
    """
