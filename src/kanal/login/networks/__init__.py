"""One network's login a module; the folder is the register (`kanal.login`)."""
