"""What makes the synthetic district plausible: shares, lengths and sizes, all of them invented.

These figures describe no real district and no law; determination never reads them. Where a figure
resembles a rule (an age, a number of months, an amount) it only makes cases fall on both sides of
that rule. One file per subject; lengths are in days unless a name says otherwise, money is in fen.
"""
