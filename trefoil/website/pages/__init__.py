"""The pages of a public site, made from its facts and the published editions alone."""
