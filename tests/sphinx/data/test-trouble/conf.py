extensions = ["keraslint.sphinx"]
