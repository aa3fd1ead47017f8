"""The reader's workshop: trains the model that src/sayso runs. Needs torch; nothing imports it."""
