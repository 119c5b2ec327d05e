"""The monthly follow-up of every registered unemployed person."""
