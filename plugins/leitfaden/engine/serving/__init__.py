"""The live server: the site as it would be built, each page made when somebody asks for it."""
