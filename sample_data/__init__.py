"""The sample extracts, and the program that makes them: invented pupils in invented places."""
