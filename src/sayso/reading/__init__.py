"""An Article becomes Claims: everything that needs the words of a text happens here, once."""
