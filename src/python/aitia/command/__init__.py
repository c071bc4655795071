"""The command `aitia`: `record`, `check` and `watch` are here, all else is the Java program's."""
