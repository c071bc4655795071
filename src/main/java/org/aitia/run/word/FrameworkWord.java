package org.aitia.run.word;

/** A framework, by the packages that its scripts import. */
public enum FrameworkWord implements WordKind {
  KERAS,
  MINDSPORE,
  PYTORCH
}
