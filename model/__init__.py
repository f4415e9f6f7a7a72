"""The network and all that is about images and numbers; knows no screen."""
