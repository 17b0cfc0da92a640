"""What a figure is about: area, counterpart, product, flow, measure, period, status, and who says so."""
