"""What a recorder needs whatever the framework: the file, the sampling, profiles of data, and the care not to harm the run."""
