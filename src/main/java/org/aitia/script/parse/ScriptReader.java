package org.aitia.script.parse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.script.syntax.Script;

/** Training scripts in Python, and what they import from the same folder. */
public final class ScriptReader implements Reader {
  /** Scripts that people write are far smaller: what is larger was generated. */
  static final int MAX_SIZE = 1 << 20;

  private static final Pattern CODE =
      Pattern.compile("(?m)^[^\\S\\r\\n]*+(?:import|from|def|class)[^\\S\\r\\n]++[\\w.]");

  private static final Pattern FRAMEWORK =
      Pattern.compile(
          "(?m)^[^\\S\\r\\n]*+(?:import|from)[^\\S\\r\\n]++(?:torch|torchvision|keras|tensorflow|mindspore|lightning|pytorch_lightning|transformers|trl|peft|accelerate|deepspeed|timm|ultralytics|diffusers|stable_baselines3|xgboost|lightgbm|catboost|mindcv|mindnlp|mindyolo)\\b");

  @Override
  public String format() {
    return "script";
  }

  @Override
  public String describe() {
    return "Training script in Python for PyTorch, Keras, MindSpore and what is built on them, XGBoost or LightGBM (.py), with the files it imports";
  }

  @Override
  public boolean recognises(Head head) {
    return head.name().endsWith(".py") && (CODE.matcher(head.text()).find() || !head.isWhole());
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    String text = text(input);
    PythonParser.Parsed parsed = PythonParser.parse(input.name(), text);
    Script script = parsed.script();
    boolean kept = run.script(script);
    if (!kept) {
      return note(
          input, FileNote.State.SKIPPED, "more scripts than a run has: it was not looked at");
    }
    boolean trains = FRAMEWORK.matcher(text).find();
    if (trains && parsed.partly() != null) {
      return note(
          input,
          FileNote.State.PARTIAL,
          script.lines().size() + " lines, read in part: " + parsed.partly());
    }
    return trains
        ? note(input, FileNote.State.READ, script.lines().size() + " lines")
        : note(
            input,
            FileNote.State.SKIPPED,
            "uses no framework that is known; scripts that import it see it");
  }

  /**
   * Takes code that is kept in a file of another format.
   *
   * @return whether it is that of a training
   */
  public static boolean take(String file, String code, RunBuilder run) throws IOException {
    return FRAMEWORK.matcher(code).find() && run.script(PythonParser.parse(file, code).script());
  }

  private FileNote note(Input input, FileNote.State state, String message) {
    return new FileNote(input.name(), format(), state, message);
  }

  private static String text(Input input) throws IOException {
    try (InputStream in = input.text()) {
      byte[] bytes = in.readNBytes(MAX_SIZE + 1);
      if (bytes.length > MAX_SIZE) {
        throw new IOException(
            "is larger than 1 MB, too large for a script that a person wrote: it was not read");
      }
      return new String(bytes, StandardCharsets.UTF_8).replaceAll("\\r\\n?", "\n");
    }
  }
}
