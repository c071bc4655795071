package org.aitia.run.data;

/** What the cells of a table's column are. */
public enum ColumnKind {
  /** A number that can enter a model as it is. */
  NUMBER,
  /** One of some words, or true and false. */
  CATEGORY,
  /** A date or a moment. */
  TIME,
  /** Names the row and says nothing of it, as a key or free text. */
  IDENTIFIER
}
