"""Recognises by rule what a list of passages must not answer alone. The rules are the TOML files beside this."""
