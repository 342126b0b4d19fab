"""sendviz: a SEND service's figures, live, filtered and protected."""

__version__ = "0.1.0"
