package org.aitia.report.terminal;

import java.util.List;
import org.aitia.report.Cells;

/** A sheet of the terminal that is being written: wraps, indents and colours. */
public final class Sheet {
  private static final int MIN_WIDTH = 30;
  private static final int MAX_TEXT = 110;

  private final StringBuilder out = new StringBuilder();
  private final int width;
  private final boolean colour;

  public Sheet(int width, boolean colour) {
    this.width = Math.max(MIN_WIDTH, width);
    this.colour = colour;
  }

  int width() {
    return width;
  }

  public String ink(String text, Ink... inks) {
    String inked = text;
    for (Ink ink : inks) {
      inked = ink.on(inked, colour);
    }
    return inked;
  }

  /** A line as it is. */
  Sheet line(String text) {
    out.append(text.stripTrailing()).append('\n');
    return this;
  }

  /** An empty line, but never two. */
  public Sheet gap() {
    if (out.length() > 1 && out.charAt(out.length() - 2) != '\n') {
      out.append('\n');
    }
    return this;
  }

  public Sheet heading(String text) {
    return gap().text(text, 0, Ink.BOLD);
  }

  /** A paragraph under an indent; long lines are hard to read, so it does not use a wide window. */
  public Sheet text(String text, int indent, Ink... inks) {
    return item(" ".repeat(indent), text, inks);
  }

  /**
   * A paragraph whose first line begins with a lead and whose further lines are indented by as
   * much.
   */
  Sheet item(String lead, String text, Ink... inks) {
    return item(lead, text, List.of(), inks);
  }

  /** The same with short dim remarks after it, on the last line as far as they fit. */
  public Sheet item(String lead, String text, List<String> remarks, Ink... inks) {
    int indent = Cells.width(uninked(lead));
    int room = Math.min(width, MAX_TEXT) - indent;
    List<String> lines = Cells.wrap(text, room);
    String pad = " ".repeat(indent);
    for (int i = 0; i < lines.size(); i++) {
      out.append(i == 0 ? lead : pad).append(ink(lines.get(i), inks));
      if (i < lines.size() - 1) {
        out.append('\n');
      }
    }
    int used = Cells.width(lines.get(lines.size() - 1));
    for (String remark : remarks) {
      String clean = Cells.clean(remark);
      if (clean.isEmpty()) {
        continue;
      }
      if (used > 0 && used + 2 + Cells.width(clean) <= room) {
        out.append("  ").append(ink(clean, Ink.DIM));
        used += 2 + Cells.width(clean);
      } else {
        for (String part : Cells.wrap(clean, room)) {
          out.append('\n').append(pad).append(ink(part, Ink.DIM));
          used = Cells.width(part);
        }
      }
    }
    out.append('\n');
    return this;
  }

  private static String uninked(String text) {
    return text.replaceAll("\u001b\\[[0-9;]*m", "");
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
