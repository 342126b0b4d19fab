"""Marks put into a workbook's own parts: what is not marked stays byte for byte as the officer saved it."""
