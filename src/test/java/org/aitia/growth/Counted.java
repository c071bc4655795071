package org.aitia.growth;

/**
 * A text that counts how often one of its characters is looked at, and ends what looks too often.
 */
final class Counted implements CharSequence {
  private final String text;
  private final long most;
  private long looks;

  /** More looks than are of use to know. */
  static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1;

    Enough() {
      super(null, null, false, false);
    }
  }

  Counted(String text, long most) {
    this.text = text;
    this.most = most;
  }

  long looks() {
    return looks;
  }

  @Override
  public char charAt(int index) {
    if (++looks > most) {
      throw new Enough();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
