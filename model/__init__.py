"""The network and all that is about images and numbers; knows no screen.

The doors for programs of your own are `from model.network import Network`, `from model.reading import Reader` and
`from model.pictures import load_picture`. Whichever one comes in by, numpy's BLAS is held to one thread, because
training and prediction share their work out over processes and threads themselves. That works only before numpy is
imported: a program that imports numpy first gets the same results, but slower, unless it sets OPENBLAS_NUM_THREADS=1
itself.
"""

from model.cores import hold_blas_to_one_thread

hold_blas_to_one_thread()
