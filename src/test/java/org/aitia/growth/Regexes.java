package org.aitia.growth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Finds every regular expression of the program: in its sources, from their syntax trees, in the
 * knowledge base and in the rules.
 */
final class Regexes {
  private static final Path SOURCES = Path.of("src/main/java");

  /** Methods of a text that take an expression, with whether it is looked for anywhere. */
  private static final Map<String, Boolean> OF_TEXTS =
      Map.of("matches", false, "replaceAll", true, "replaceFirst", true, "split", true);

  /** Methods of a matcher for which the whole text has to match, or its beginning. */
  private static final Set<String> WHOLE = Set.of("matches", "lookingAt", "asMatchPredicate");

  /** What is known to be computed where the program runs, by file and words. */
  private final List<String> computed = new ArrayList<>();

  private final Map<String, Regex> found = new TreeMap<>();
  private final Map<String, String> constants = new HashMap<>();

  private Regexes() {}

  static Regexes all() throws IOException {
    Regexes regexes = new Regexes();
    regexes.sources();
    regexes.knowledge();
    regexes.rules();
    return regexes;
  }

  Collection<Regex> found() {
    return found.values();
  }

  /** Expressions that are put together at run time: file and the words of the source. */
  List<String> computed() {
    return computed;
  }

  private void sources() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> paths = Files.walk(SOURCES)) {
      List<Path> all = paths.filter(p -> p.toString().endsWith(".java")).sorted().toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjects(all.toArray(Path[]::new)));
      List<CompilationUnitTree> units = new ArrayList<>();
      task.parse().forEach(units::add);
      // Constants may be made of constants of other files: twice is enough for what there is.
      for (int i = 0; i < 2; i++) {
        units.forEach(u -> new Constants(u).scan(u, null));
      }
      units.forEach(u -> new Finder(u, Trees.instance(task)).scan(u, null));
    }
  }

  private void add(String place, String pattern, int flags, boolean isFound) {
    found.put(
        place + " " + pattern + isFound,
        new Regex(place, Pattern.compile(pattern, flags), isFound));
  }

  private void knowledge() throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    try (Stream<Path> files = Files.walk(Path.of("knowledge-base"))) {
      for (Path file : files.filter(p -> p.toString().endsWith(".yaml")).sorted().toList()) {
        JsonNode tree = yaml.readTree(file.toFile());
        for (JsonNode said : tree.findValues("said")) {
          add(file.toString(), said.asText(), 0, true);
        }
        for (JsonNode variables : tree.findValues("variables")) {
          variables.forEach(v -> add(file.toString(), v.asText(), 0, false));
        }
      }
    }
  }

  /** Drools' operator {@code matches}. */
  private void rules() throws IOException {
    Pattern operator = Pattern.compile("\\bmatches\\s{1,9}\"([^\"]{1,300})\"");
    try (Stream<Path> files = Files.walk(Path.of("rules"))) {
      for (Path file : files.filter(p -> p.toString().endsWith(".drl")).toList()) {
        operator
            .matcher(Files.readString(file))
            .results()
            .forEach(m -> add(file.toString(), m.group(1), 0, false));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The text of an expression that the compiler could compute; null when it could not. */
  private String text(Tree tree, String type) {
    if (tree instanceof LiteralTree literal) {
      return String.valueOf(literal.getValue());
    }
    if (tree instanceof ParenthesizedTree inner) {
      return text(inner.getExpression(), type);
    }
    if (tree instanceof BinaryTree sum && tree.getKind() == Tree.Kind.PLUS) {
      String left = text(sum.getLeftOperand(), type);
      String right = text(sum.getRightOperand(), type);
      return left == null || right == null ? null : left + right;
    }
    if (tree instanceof IdentifierTree name) {
      return constants.get(type + "." + name.getName());
    }
    return tree instanceof MemberSelectTree member
        ? constants.get(last(member.getExpression()) + "." + member.getIdentifier())
        : null;
  }

  private static String last(ExpressionTree tree) {
    return tree instanceof MemberSelectTree member
        ? member.getIdentifier().toString()
        : tree.toString();
  }

  private static String type(CompilationUnitTree unit) {
    String file = Path.of(unit.getSourceFile().toUri()).getFileName().toString();
    return file.substring(0, file.length() - ".java".length());
  }

  /** Collects the constants of a file, by its class and their name. */
  private final class Constants extends TreeScanner<Void, Void> {
    private final String type;

    Constants(CompilationUnitTree unit) {
      this.type = type(unit);
    }

    @Override
    public Void visitVariable(VariableTree variable, Void unused) {
      boolean isText = variable.getType() != null && variable.getType().toString().equals("String");
      String value =
          isText && variable.getInitializer() != null
              ? text(variable.getInitializer(), type)
              : null;
      if (value != null) {
        constants.put(type + "." + variable.getName(), value);
      }
      return super.visitVariable(variable, unused);
    }
  }

  /** Finds the expressions of a file. */
  private final class Finder extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final Trees trees;
    private final String type;

    /** The patterns by the name of their constants. */
    private final Map<String, MethodInvocationTree> patterns = new HashMap<>();

    /** How the matchers of each pattern are asked. */
    private final Map<String, Set<String>> asked = new HashMap<>();

    private final Map<String, String> matchers = new HashMap<>();

    Finder(CompilationUnitTree unit, Trees trees) {
      this.unit = unit;
      this.trees = trees;
      this.type = type(unit);
    }

    @Override
    public Void visitCompilationUnit(CompilationUnitTree tree, Void unused) {
      super.visitCompilationUnit(tree, unused);
      patterns.forEach(
          (name, call) -> {
            Set<String> uses = asked.getOrDefault(name, Set.of());
            boolean whole = !uses.isEmpty() && WHOLE.containsAll(uses);
            take(call, !whole);
          });
      return null;
    }

    @Override
    public Void visitVariable(VariableTree variable, Void unused) {
      if (variable.getInitializer() instanceof MethodInvocationTree call) {
        if (isCompile(call)) {
          patterns.put(variable.getName().toString(), call);
        }
        if (name(call).equals("matcher")) {
          matchers.put(variable.getName().toString(), receiver(call));
        }
      }
      return super.visitVariable(variable, unused);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
      String name = name(call);
      String receiver = receiver(call);
      ExpressionTree before =
          call.getMethodSelect() instanceof MemberSelectTree member ? member.getExpression() : null;
      if (before instanceof MethodInvocationTree inner && name(inner).equals("matcher")) {
        asked.computeIfAbsent(receiver(inner), r -> new HashSet<>()).add(name);
      } else if (matchers.containsKey(receiver)) {
        if (!name.equals("group") && !name.equals("start") && !name.equals("end")) {
          asked.computeIfAbsent(matchers.get(receiver), r -> new HashSet<>()).add(name);
        }
      } else if (OF_TEXTS.containsKey(name)
          && !call.getArguments().isEmpty()
          && call.getArguments().size() <= 2
          && mayBeText(receiver)
          && !(call.getArguments().get(0) instanceof LambdaExpressionTree)) {
        take(call, OF_TEXTS.get(name));
      } else if (isCompile(call) && !patterns.containsValue(call)) {
        take(call, true);
      } else if (name.equals("split") && !call.getArguments().isEmpty()) {
        asked.computeIfAbsent(receiver, r -> new HashSet<>()).add(name);
      }
      return super.visitMethodInvocation(call, unused);
    }

    /** Methods of the same names belong to classes and to the object itself, too. */
    private static boolean mayBeText(String receiver) {
      return !receiver.isEmpty() && !Character.isUpperCase(receiver.charAt(0));
    }

    private boolean isCompile(MethodInvocationTree call) {
      return name(call).equals("compile") && receiver(call).equals("Pattern");
    }

    private void take(MethodInvocationTree call, boolean isFound) {
      ExpressionTree given = call.getArguments().get(0);
      long at = trees.getSourcePositions().getStartPosition(unit, given);
      String place =
          SOURCES.relativize(
                  Path.of("").toAbsolutePath().relativize(Path.of(unit.getSourceFile().toUri())))
              + ":"
              + unit.getLineMap().getLineNumber(at);
      String pattern = text(given, type);
      if (pattern == null) {
        computed.add(type + ": " + given);
        return;
      }
      boolean flagged = isCompile(call) && call.getArguments().size() == 2;
      add(place, pattern, flagged ? Pattern.CASE_INSENSITIVE : 0, isFound);
    }

    private String name(MethodInvocationTree call) {
      return call.getMethodSelect() instanceof MemberSelectTree member
          ? member.getIdentifier().toString()
          : call.getMethodSelect().toString();
    }

    private String receiver(MethodInvocationTree call) {
      return call.getMethodSelect() instanceof MemberSelectTree member
          ? last(member.getExpression())
          : "";
    }
  }
}
