"""zhen: names of China's technology ecosystem, found in documents and tied to their place."""

__version__ = "0.1.0"
