"""What is cited: BibTeX in, references out. Only here is pybtex imported."""
