## Figures, raw and fair
