"""The command `aitia`: `record` and `watch` are here, all else is the Java program's."""
