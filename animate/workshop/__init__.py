"""`animate watch`: a page on this machine that draws a scene anew whenever it is saved."""
