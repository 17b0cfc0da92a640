"""The colours of charts and marked texts.

Okabe and Ito (2008, https://jfly.uni-koeln.de/color/): eight colours told apart with every common colour vision.
Nothing is said by colour alone.
"""

from __future__ import annotations

BLACK = "#000000"
ORANGE = "#E69F00"
SKY = "#56B4E9"
GREEN = "#009E73"
YELLOW = "#F0E442"
BLUE = "#0072B2"
VERMILION = "#D55E00"
PURPLE = "#CC79A7"

GREY, INK = "#8C8C8C", "#333333"
COLOURS = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, BLACK)
