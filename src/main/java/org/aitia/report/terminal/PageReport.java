package org.aitia.report.terminal;

import java.util.List;
import org.aitia.report.Cells;

/** Shows a Markdown page of the knowledge base on a terminal. */
public final class PageReport {
  private static final String CODE = "```";

  private PageReport() {}

  /** The page, wrapped and coloured. */
  public static String text(String markdown, int width, boolean colour) {
    Sheet sheet = new Sheet(width, colour);
    StringBuilder paragraph = new StringBuilder();
    boolean code = false;
    for (String line : markdown.lines().toList()) {
      if (line.startsWith(CODE)) {
        flush(sheet, paragraph);
        code = !code;
        sheet.gap();
      } else if (code) {
        sheet.line("    " + sheet.ink(line, Ink.CYAN));
      } else if (line.startsWith("#")) {
        flush(sheet, paragraph);
        heading(sheet, line);
      } else if (line.startsWith("- ")) {
        flush(sheet, paragraph);
        paragraph.append(line);
      } else if (line.isBlank()) {
        flush(sheet, paragraph);
        sheet.gap();
      } else {
        join(paragraph, line.strip());
      }
    }
    flush(sheet, paragraph);
    return sheet.toString();
  }

  private static void heading(Sheet sheet, String line) {
    int level = line.indexOf(' ');
    String text = plain(line.substring(level + 1));
    sheet.gap();
    if (level == 1) {
      sheet.line(sheet.ink(text, Ink.BOLD, Ink.CYAN));
      sheet.line(sheet.ink("═".repeat(Math.min(Cells.width(text), sheet.width())), Ink.DIM));
    } else {
      sheet.line(sheet.ink((level > 2 ? "  " : "") + text, Ink.BOLD));
    }
  }

  /** Lines of one paragraph; Chinese needs no space between them. */
  private static void join(StringBuilder paragraph, String line) {
    if (!paragraph.isEmpty()) {
      String last = paragraph.substring(paragraph.length() - 1);
      String next = line.substring(0, 1);
      paragraph.append(Cells.width(last) == 2 && Cells.width(next) == 2 ? "" : " ");
    }
    paragraph.append(line);
  }

  private static void flush(Sheet sheet, StringBuilder paragraph) {
    if (paragraph.isEmpty()) {
      return;
    }
    String text = paragraph.toString();
    paragraph.setLength(0);
    if (text.startsWith("- ")) {
      sheet.item("  • ", plain(text.substring(2)), List.of());
    } else {
      sheet.text(plain(text), 2);
    }
  }

  /** Without the marks of emphasis; code keeps its own, which set it off from the prose. */
  private static String plain(String text) {
    return text.replaceAll("\\*\\*([^*`]+)\\*\\*", "$1")
        .replaceAll("(?<![\\w*`])\\*([^*`]+)\\*(?![\\w*])", "$1");
  }
}
