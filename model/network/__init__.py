"""Networks: layers, their order, and the npz files that keep them."""

from model.network.network import Network

__all__ = ["Network"]
