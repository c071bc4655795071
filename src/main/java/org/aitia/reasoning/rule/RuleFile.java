package org.aitia.reasoning.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.knowledge.KnowledgeException;
import org.antlr.runtime.ANTLRStringStream;
import org.antlr.runtime.CommonToken;
import org.antlr.runtime.CommonTokenStream;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.drools.drl.parser.lang.DRL6Lexer;
import org.kie.internal.builder.conf.LanguageLevelOption;

/**
 * A file of rules as the engine's own parser and lexer see it.
 *
 * @param tokens without blanks and comments
 */
record RuleFile(String path, String text, List<RuleDescr> rules, List<CommonToken> tokens) {

  /**
   * Parses sources, given by the path of their file.
   *
   * @throws KnowledgeException naming file and line of every error of syntax
   */
  static List<RuleFile> parse(Map<String, String> sources) {
    List<String> problems = new ArrayList<>();
    List<RuleFile> files = new ArrayList<>();
    sources.forEach((path, text) -> parse(path, text, problems).ifPresent(files::add));
    if (!problems.isEmpty()) {
      throw new KnowledgeException(problems);
    }
    return files;
  }

  private static Optional<RuleFile> parse(String path, String text, List<String> problems) {
    DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
    try {
      PackageDescr parsed = parser.parse(false, text);
      for (DroolsError error : parser.getErrors()) {
        int line = error.getLines().length == 0 ? 1 : error.getLines()[0];
        problems.add(path + ":" + line + ": " + error.getMessage());
      }
      return Optional.ofNullable(parsed)
          .map(p -> new RuleFile(path, text, p.getRules(), tokens(text)));
    } catch (DroolsParserException e) {
      problems.add(path + ":1: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static List<CommonToken> tokens(String text) {
    CommonTokenStream tokens = new CommonTokenStream(new DRL6Lexer(new ANTLRStringStream(text)));
    tokens.fill();
    return tokens.getTokens().stream()
        .filter(t -> t.getChannel() == CommonToken.DEFAULT_CHANNEL)
        .map(CommonToken.class::cast)
        .toList();
  }

  /** The texts of all rules, by name. */
  static Map<String, RuleTexts.Text> texts(List<RuleFile> files) {
    Map<String, RuleTexts.Text> found = new TreeMap<>();
    for (RuleFile file : files) {
      List<String> lines = file.text.lines().toList();
      for (RuleDescr rule : file.rules) {
        int from = rule.getLine() - 1;
        while (from > 0 && lines.get(from - 1).startsWith("//")) {
          from--;
        }
        String text = String.join("\n", lines.subList(from, rule.getEndLine()));
        found.put(rule.getName(), new RuleTexts.Text(file.path, text));
      }
    }
    return found;
  }

  /** What stands before a message about a line. */
  String at(int line) {
    return path + ":" + line + ": ";
  }

  String at(RuleDescr rule) {
    return at(rule.getLine()) + "rule \"" + rule.getName() + "\": ";
  }

  /** What a rule says of itself after {@code @name}; empty where it does not. */
  static Optional<String> said(RuleDescr rule, String name) {
    return Optional.ofNullable(rule.getAnnotation(name))
        .map(said -> Objects.requireNonNullElse(said.getSingleValueAsString(), "").strip());
  }

  /** A rule without blanks and comments. */
  String code(RuleDescr rule) {
    return tokens.stream()
        .filter(t -> t.getStartIndex() >= rule.getStartCharacter())
        .filter(t -> t.getStopIndex() <= rule.getEndCharacter())
        .map(CommonToken::getText)
        .collect(Collectors.joining());
  }

  /** Texts in quotes; a Java character is none. */
  Stream<CommonToken> quoted() {
    return tokens.stream()
        .filter(t -> t.getType() == DRL6Lexer.STRING && t.getText().startsWith("\""));
  }

  /** The first number that something is compared with. */
  Optional<CommonToken> number() {
    for (int i = 1; i < tokens.size(); i++) {
      CommonToken before = tokens.get(i - 1);
      if (before.getType() == DRL6Lexer.MINUS && i > 1) {
        before = tokens.get(i - 2);
      }
      if (isNumber(tokens.get(i)) && compares(before)) {
        return Optional.of(tokens.get(i));
      }
    }
    return Optional.empty();
  }

  private static boolean isNumber(CommonToken token) {
    return switch (token.getType()) {
      case DRL6Lexer.DECIMAL, DRL6Lexer.FLOAT, DRL6Lexer.HEX -> true;
      default -> false;
    };
  }

  private static boolean compares(CommonToken token) {
    return switch (token.getType()) {
      case DRL6Lexer.EQUALS,
          DRL6Lexer.EQUALS_ASSIGN,
          DRL6Lexer.NOT_EQUALS,
          DRL6Lexer.GREATER,
          DRL6Lexer.GREATER_EQUALS,
          DRL6Lexer.LESS,
          DRL6Lexer.LESS_EQUALS ->
          true;
      default -> false;
    };
  }
}
