"""HTML: one page with the picture in it, which its reader plays."""
