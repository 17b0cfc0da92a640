"""The value of number words, as one is taken after another; which words they are is the packs' affair."""

from __future__ import annotations


class Reading:
    """The value of number words, as one after another is taken.

    ``total`` holds what scale words have closed, ``group`` what hundreds have, ``current`` the rest.
    """

    def __init__(self) -> None:
        self.total = self.group = self.current = 0.0
        self.last = ""
        self.last_scale, self.scale = float("inf"), 1.0
        self.parts = 0
        self.decimals = 0

    def take(self, role: str, value: float) -> bool:
        """Take one more word; return whether it goes on the number."""
        followers = FOLLOWERS.get(role)
        if followers is None or self.last not in followers:
            return False
        if role in SCALE_ROLES:
            if value >= self.last_scale and self.last != "scale":
                return False
            self._close(role, value)
        elif role == "hundred":
            self.group += (self.current or 1) * value
            self.current = 0
        elif role == "fused hundred":
            self.group += value
        elif role in ("part", "fraction"):
            self.current = (self.current or 1) * value
        elif role == "unit" and self.decimals:
            self.current += value / 10.0**self.decimals
            self.decimals += 1
        elif role == "point":
            self.decimals = 1
        elif role not in ("joint", "article"):
            self.current += value
        self.parts += role not in ("joint", "article", "point")
        self.last = "point" if self.decimals and role == "unit" else role
        return True

    def _close(self, role: str, value: float) -> None:
        """Close what was counted so far with a scale word; two in a row multiply ("thousand billion")."""
        if self.last == "scale":
            self.total, self.scale = self.total * value, self.scale * value
            return
        self.scale = 1.0 if self.total or role == "fused scale" else value
        self.total += value if role == "fused scale" else (self.group + self.current or 1) * value
        self.group = self.current = 0
        self.last_scale = value

    def add(self, value: float) -> None:
        """Add a half or a quarter said after the number ("and a half")."""
        self.current += value
        self.last = "fraction"

    @property
    def value(self) -> float:
        """The value of the words that were taken."""
        return self.total + self.group + self.current

    @property
    def form(self) -> str:
        """What kind of number they are: ``words``, ``fraction``, ``multiple`` or ``collective``."""
        # "half a" waits for a scale word that may not come.
        if self.last in ("fraction", "part", "article") and self.value < 1:
            return "fraction"
        return self.last if self.last in ("collective", "multiple") else "words"


# Which roles a word may follow; "" is the start of the number.
AFTER_BIG = ("hundred", "scale", "joint", "fused hundred", "fused scale")
FOLLOWERS: dict[str, tuple[str, ...]] = {
    "article": ("", "fraction"),
    "unit": ("", "tens", "point", *AFTER_BIG),
    "teen": ("", *AFTER_BIG),
    "tens": ("", *AFTER_BIG),
    "teen after": ("unit",),
    "hundred": ("unit", "teen", "tens", "article", "fraction"),
    "fused hundred": ("", "scale", "fused scale"),
    "scale": (
        "unit", "teen", "tens", "teen after", "hundred", "fused hundred",
        "article", "fraction", "part", "scale", "fused scale", "point",
    ),
    "fused scale": ("", "scale"),
    "fraction": ("", "article", "unit"),
    "part": ("article", "unit"),
    "collective": ("",),
    "multiple": ("",),
    "joint": ("hundred", "scale", "fused hundred", "fused scale"),
    "point": ("unit", "teen", "tens"),
}  # fmt: skip
SCALE_ROLES = ("scale", "fused scale")
