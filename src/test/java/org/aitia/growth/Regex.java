package org.aitia.growth;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A regular expression of the program.
 *
 * @param place file and line
 * @param isFound whether it is looked for anywhere in a text, else the whole text has to match
 */
record Regex(String place, Pattern pattern, boolean isFound) {
  Regex(String place, String pattern, boolean isFound) {
    this(place, Pattern.compile(pattern), isFound);
  }

  /** Looks at a text as the program does. */
  void run(CharSequence text) {
    Matcher matcher = pattern.matcher(text);
    if (!isFound) {
      matcher.matches();
      return;
    }
    boolean found = true;
    while (found) {
      found = matcher.find();
    }
  }

  @Override
  public String toString() {
    return place + ": " + pattern + (isFound ? " (found)" : " (whole)");
  }
}
