"""Keys, field encryption, blind indexes and masking. No models stand here."""
