package org.aitia.evidence;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.aitia.evidence.console.ConsoleReader;
import org.aitia.evidence.document.Json;
import org.aitia.evidence.document.Mappings;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.file.Whole;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.script.parse.ScriptReader;

/** Jupyter notebooks: what their cells printed is read as a log, their code as a script. */
public final class NotebookReader implements Reader {
  /** Characters of what was printed that are kept at most. */
  private static final int MAX_PRINTED = 16 << 20;

  /** Characters of code that are kept at most. */
  private static final int MAX_CODE = 1 << 20;

  /** Where a cell keeps what it printed. */
  private static final Set<String> PRINTED = Set.of("text", "text/plain");

  @Override
  public String format() {
    return "notebook";
  }

  @Override
  public String describe() {
    return "Jupyter notebook (.ipynb): what its cells printed, and their code";
  }

  @Override
  public boolean recognises(Head head) {
    return head.name().endsWith(".ipynb")
        && head.isText()
        && head.text().stripLeading().startsWith("{")
        && head.text().contains("\"cells\"");
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    StringBuilder printed = new StringBuilder();
    StringBuilder code = new StringBuilder();
    String fault = null;
    try (Whole whole = new Whole(input.text());
        JsonParser in = Json.MAPPER.createParser(whole)) {
      try {
        cells(in, printed, code);
      } catch (JsonProcessingException e) {
        fault = Mappings.fault(e);
      }
      fault = whole.damage() == null ? fault : whole.damage();
    }
    boolean script = ScriptReader.take(input.name(), code.toString(), run);
    String message;
    try {
      message =
          ConsoleReader.read(
                  input.name(),
                  format(),
                  new ByteArrayInputStream(printed.toString().getBytes(StandardCharsets.UTF_8)),
                  input.vocabulary(),
                  run)
              .message();
    } catch (IOException e) {
      if (!script) {
        throw e;
      }
      message = "its code; its cells printed no value of a metric";
    }
    return new FileNote(
        input.name(),
        format(),
        fault == null ? FileNote.State.READ : FileNote.State.PARTIAL,
        fault == null ? message : message + "; " + fault);
  }

  private static void cells(JsonParser in, StringBuilder printed, StringBuilder code)
      throws IOException {
    String field = "";
    boolean isCode = false;
    StringBuilder source = new StringBuilder();
    for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
      if (token == JsonToken.FIELD_NAME) {
        field = in.currentName();
        if (field.equals("cell_type")) {
          isCode = "code".equals(in.nextTextValue());
        }
      } else if (token == JsonToken.VALUE_STRING) {
        if (field.equals("source")) {
          source(in.getText(), isCode ? code : source);
          source.setLength(0);
        } else if (PRINTED.contains(field) && printed.length() < MAX_PRINTED) {
          printed.append(in.getText());
          boolean ends = in.getText().endsWith("\n");
          printed.append(ends || !field.equals("text/plain") ? "" : "\n");
        }
      } else if (token == JsonToken.END_ARRAY && field.equals("source")) {
        code.append(isCode ? "\n" : "");
      }
    }
  }

  /** Commands of the notebook itself are no Python. */
  private static void source(String text, StringBuilder code) {
    if (code.length() > MAX_CODE) {
      return;
    }
    text.lines()
        .forEach(
            l -> {
              boolean command =
                  l.stripLeading().startsWith("%") || l.stripLeading().startsWith("!");
              code.append(command ? "pass  # " + l : l).append('\n');
            });
  }
}
