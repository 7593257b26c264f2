"""How a stage turns the lists it reads into the list it leaves."""
