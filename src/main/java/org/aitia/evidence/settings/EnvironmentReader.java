package org.aitia.evidence.settings;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.file.Segments;
import org.aitia.evidence.file.Whole;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.value.Source;

/** Lists of packages and environment variables, as the usual tools print them. */
public final class EnvironmentReader implements Reader {
  /** {@code torch==2.1.0 ; python_version > "3.8"}, {@code [pip3] torch==2.1.0}. */
  private static final Pattern PINNED =
      Pattern.compile(
          "^\\s{0,8}(?:- |\\[(?:pip3?|conda)] )?([A-Za-z0-9][\\w.-]{0,80}?)(?:\\[[\\w,. -]{1,80}])?\\s{0,4}={2,3}\\s{0,4}"
              + "(\\d[\\w.!+*-]{0,60})\\s{0,4}(?:;.{0,200}|#.{0,200}|\\\\|--hash.{0,200})?$");

  /** {@code - numpy=1.26.4=py311h64a7726_0}, as conda exports it. */
  private static final Pattern EXPORTED =
      Pattern.compile(
          "^\\s{0,8}- ([A-Za-z0-9_][\\w.-]{0,80})=(\\d[\\w.!+-]{0,60})(?:=[\\w.-]{1,60})?\\s{0,4}$");

  /** A row of {@code pip list}, {@code conda list} or of the conda part of PyTorch's report. */
  private static final Pattern ROW =
      Pattern.compile(
          "^(?:\\[conda] )?([A-Za-z0-9_][\\w.-]{0,80})\\s{1,60}(\\d[\\w.!+-]{0,60})(?:\\s{1,60}\\S{1,120}){0,2}\\s{0,4}$");

  private static final Pattern VARIABLE =
      Pattern.compile("^(?:export |declare -x )?([A-Z_][A-Z0-9_]{1,80})=(.{0,2000})$");

  /** What {@code python -m torch.utils.collect_env} says without naming a package. */
  private static final Pattern SAID =
      Pattern.compile(
          "^(PyTorch version|Python version|CUDA used to build PyTorch|cuDNN version): (\\d[\\w.+-]{0,60}).{0,200}$");

  /** Lines that belong to such lists and say nothing. */
  private static final Pattern PASSED_OVER =
      Pattern.compile(
          "^\\s*$|^\\s*#.*|^-{3,}.*|^(?:Package|Name)\\s+Version.*|^-[ef] .*|^--.*|^[\\w.\\[\\]-]+ ?@ .*"
              + "|^\\s{0,8}(?:- )?[A-Za-z0-9][\\w.\\[\\],-]*\\s*(?:[<>~!]=?.*)?$|^(?:name|channels|dependencies|prefix|\\s*- pip):.*");

  /** Headings of tables with rows of packages: without one, any two words might be a row. */
  private static final Pattern TABLE =
      Pattern.compile("(?m)^Package\\s+Version|^# packages in environment|^# Name\\s+Version");

  private static final Pattern REPORT =
      Pattern.compile("\\A(?:Collecting environment information|PyTorch version:)");

  private static final int LOOKED_AT = 500;

  /** A file of another name needs so many lines that can be nothing else. */
  private static final int ENOUGH = 3;

  private static final Pattern NAMED =
      Pattern.compile(".*(?:require|freeze|environ|package|pip|conda|constraint|\\benv\\b).*");

  /** Values that are nobody's business. */
  private static final Pattern SECRET =
      Pattern.compile(".*(?:TOKEN|SECRET|KEY|PASS|CREDENTIAL|AUTH|COOKIE).*");

  @Override
  public String format() {
    return "environment";
  }

  @Override
  public String describe() {
    return "Packages and variables: pip freeze, pip list, requirements.txt, conda list, conda env export, env, PyTorch's collect_env";
  }

  @Override
  public boolean recognises(Head head) {
    if (!head.isText() || head.name().endsWith(".csv") || head.name().endsWith(".py")) {
      return false;
    }
    boolean table = TABLE.matcher(head.text()).find();
    int listed = 0;
    int others = 0;
    for (String line : (Iterable<String>) head.text().lines().limit(LOOKED_AT)::iterator) {
      if (PINNED.matcher(line).matches()
          || EXPORTED.matcher(line).matches()
          || VARIABLE.matcher(line).matches()
          || table && ROW.matcher(line).matches()) {
        listed++;
      } else if (!PASSED_OVER.matcher(line).matches()) {
        others++;
      }
    }
    boolean named = NAMED.matcher(head.name()).matches();
    return listed > 0 && (table || REPORT.matcher(head.text()).find())
        || listed > 2 * others && listed >= (named ? 1 : ENOUGH);
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    int packages = 0;
    int variables = 0;
    String damage;
    try (Whole whole = new Whole(input.text());
        Segments lines = new Segments(whole)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        Source from = new Source(input.name(), String.valueOf(lines.line()));
        Matcher variable = VARIABLE.matcher(line);
        if (variable.matches()) {
          variables++;
          variable(variable.group(1), variable.group(2), from, run);
        } else if (installed(line, from, run)) {
          packages++;
        }
      }
      damage = whole.damage();
    }
    if (packages + variables == 0) {
      throw new IOException("names neither the version of a package nor a variable");
    }
    String message =
        (packages > 0 ? packages + " packages" : "")
            + (packages > 0 && variables > 0 ? ", " : "")
            + (variables > 0 ? variables + " variables" : "");
    return new FileNote(
        input.name(),
        format(),
        damage == null ? FileNote.State.READ : FileNote.State.PARTIAL,
        damage == null ? message : message + "; " + damage);
  }

  private static boolean installed(String line, Source from, RunBuilder run) {
    for (Pattern pattern : new Pattern[] {PINNED, EXPORTED, ROW, SAID}) {
      Matcher m = pattern.matcher(line);
      if (m.matches()) {
        run.environment().installed(name(m.group(1)), m.group(2), from);
        return true;
      }
    }
    return false;
  }

  private static String name(String said) {
    return switch (said) {
      case "PyTorch version" -> "torch";
      case "Python version" -> "python";
      case "CUDA used to build PyTorch" -> "cuda";
      case "cuDNN version" -> "cudnn";
      default -> said;
    };
  }

  private static void variable(String name, String value, Source from, RunBuilder run) {
    if (!SECRET.matcher(name).matches()) {
      run.environment().variable(name, value.replaceAll("^\"(.*)\"$", "$1"), from);
    }
  }

  /**
   * What a recorder noted as {@code environment}: versions by package and values by variable.
   *
   * @param name of a variable when it is in capitals, else of a package
   */
  static void noted(String name, Object value, Source from, RunBuilder run) {
    if (name.matches("[A-Z_][A-Z0-9_]{1,80}")) {
      variable(name, String.valueOf(value), from, run);
    } else {
      run.environment().installed(name, String.valueOf(value), from);
    }
  }
}
