"""Running a program with the real Keras, and holding the static answer against it.

`recorder`, `stubs` and `child` know nothing but the standard library and Keras: they run in the
interpreter that has Keras, which need not be the one keraslint is installed in.
"""
