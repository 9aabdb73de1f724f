"""An estimate made visible: German words, charts, documents. Knows the rules only, no web and no database."""
