package org.aitia.report.pipeline;

import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import org.aitia.report.Cells;

/**
 * Annotations of a GitHub workflow: a line for each thing told, {@code ::error
 * file=...,line=...,title=...::text}. Texts that came from files begin no command of their own.
 */
public final class GithubCommands implements PipelineReport {
  private static final String ROOT = "x:///";

  private final StringBuilder lines = new StringBuilder();

  @Override
  public void add(RunTold run) {
    for (RunTold.Notice notice : run.notices()) {
      String level = run.read() && !notice.fault() ? "warning" : "error";
      command(level, notice.uri(), null, run.source(), notice.text());
    }
    Set<String> said = new HashSet<>();
    for (Told told : run.told()) {
      // Of a line that a cause is told by, the finding says the same again.
      if (told.kind() != Told.Kind.FINDING || !said.contains(told.first().text())) {
        Told.Spot at = told.first();
        String title = told.kind() == Told.Kind.CAUSE ? told.title() : told.rule();
        command(
            command(told.level()), at.uri(), at.line(), title, run.source() + ": " + told.text());
      }
      told.spots().forEach(s -> said.add(s.text()));
    }
  }

  private static String command(Told.Level level) {
    return switch (level) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case NOTE, NONE -> "notice";
    };
  }

  private void command(String command, String uri, Integer line, String title, String text) {
    lines.append("::").append(command).append(' ');
    if (uri != null) {
      lines.append("file=").append(property(path(uri))).append(',');
    }
    if (line != null) {
      lines.append("line=").append(line).append(',');
    }
    lines.append("title=").append(property(title)).append("::").append(data(text)).append('\n');
  }

  /** A path of the working directory as it is written there; others as they are. */
  private static String path(String uri) {
    try {
      String path = URI.create(uri.startsWith("file:") ? uri : ROOT + uri).getPath();
      return uri.startsWith("file:") ? path : path.substring(1);
    } catch (IllegalArgumentException e) {
      return uri;
    }
  }

  private static String data(String text) {
    StringBuilder escaped = new StringBuilder();
    text.lines()
        .map(Cells::clean)
        .map(l -> l.replace("%", "%25"))
        .forEach(l -> escaped.append(escaped.isEmpty() ? "" : "%0A").append(l));
    return escaped.toString();
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }

  @Override
  public String document() {
    return lines.toString();
  }
}
