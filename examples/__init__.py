"""How to use the library of this program in programs of your own."""
