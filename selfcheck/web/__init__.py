"""The pages: fetch or refuse, call, render. One module per family."""
