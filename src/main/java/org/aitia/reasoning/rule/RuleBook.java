package org.aitia.reasoning.rule;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.aitia.knowledge.Claim;
import org.aitia.knowledge.Kind;
import org.aitia.knowledge.Level;
import org.drools.model.Model;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.KieBase;
import org.kie.api.definition.rule.Rule;
import org.kie.internal.conf.ShareBetaNodesOption;

/** The compiled rules. Safe for concurrent sessions. */
public final class RuleBook {
  /**
   * What a rule says of itself.
   *
   * @param claims what it claims about causes; empty for rules about symptoms and the verdict, and
   *     for those that pass on what the knowledge base claims
   * @param level what such a rule makes of the weight of what it passes on; null for no change
   * @param sees what it looks at; its own name unless stated
   * @param explains the symptoms that what it found produces by itself
   * @param counted whether labelled runs tell what it is worth: of those that say that they are
   *     about a magnitude
   */
  public record Entry(
      String name,
      List<Claim> claims,
      Level level,
      String sees,
      Set<String> explains,
      boolean counted) {
    /** The cause that it is about before all others; null where it is about none. */
    public String first() {
      return claims.isEmpty() ? null : claims.get(0).cause();
    }
  }

  /** All rules of the user's own together, where it cannot be told which one failed. */
  public static final String OWN = "own rules";

  private final KieBase base;
  private final Map<String, Entry> entries = new TreeMap<>();
  private final Map<String, RuleTexts.Text> own;

  public RuleBook(KieBase base, Map<String, String> sources) {
    this.base = base;
    this.own = RuleFile.texts(RuleFile.parse(sources));
    base.getKiePackages()
        .forEach(p -> p.getRules().forEach(r -> entries.put(r.getName(), entry(r))));
  }

  /** The rules compiled into the program. */
  public static RuleBook builtIn() {
    return new RuleBook(base(builtInModels()), Map.of());
  }

  /** The rules compiled into the program and further ones, given as text by file name. */
  public static RuleBook builtInWith(Map<String, String> sources) {
    List<Model> models = builtInModels();
    models.addAll(RuleCompiler.models(sources));
    return new RuleBook(base(models), sources);
  }

  /** No two rules share a part of the network (decision 24). */
  private static KieBase base(List<Model> models) {
    return KieBaseBuilder.createKieBaseFromModel(models, ShareBetaNodesOption.NO);
  }

  private static List<Model> builtInModels() {
    List<Model> models = new ArrayList<>();
    try (BufferedReader index =
        new BufferedReader(
            new InputStreamReader(
                RuleBook.class.getResourceAsStream("/" + RuleCompiler.INDEX),
                StandardCharsets.UTF_8))) {
      for (String name = index.readLine(); name != null; name = index.readLine()) {
        models.add(
            Class.forName(name).asSubclass(Model.class).getDeclaredConstructor().newInstance());
      }
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException("the compiled rules cannot be loaded", e);
    }
    return models;
  }

  /** Whether rules of the user's own are among them. */
  public boolean hasOwn() {
    return !own.isEmpty();
  }

  /** Names of the rules of the user's own. */
  public Set<String> own() {
    return own.keySet();
  }

  public KieBase base() {
    return base;
  }

  /** Every rule, by name. */
  public Map<String, Entry> entries() {
    return entries;
  }

  /** The text of a rule, with the file it stands in. */
  public Optional<RuleTexts.Text> text(String rule) {
    return Optional.ofNullable(own.get(rule)).or(() -> RuleTexts.of(rule));
  }

  static Entry entry(Rule rule) {
    Map<String, Object> meta = rule.getMetaData();
    Object sees = meta.getOrDefault("sees", rule.getName());
    Object level = meta.get("level");
    Kind kind = meta.get("kind") == null ? Kind.MAGNITUDE : Kind.of(meta.get("kind").toString());
    List<Claim> claims =
        Claim.of(levels(meta.get("for")), levels(meta.get("against")), sees.toString()).stream()
            .map(c -> c.as(kind))
            .toList();
    return new Entry(
        rule.getName(),
        claims,
        level == null ? null : Level.of(level.toString()),
        sees.toString(),
        ids(meta.get("explains")),
        meta.get("kind") != null && kind == Kind.MAGNITUDE);
  }

  /** Ids as rules write them, parted by commas. */
  static Set<String> ids(Object written) {
    return written == null
        ? Set.of()
        : Arrays.stream(written.toString().split(","))
            .map(String::strip)
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Causes with their levels, as rules write them: {@code dead-relu: strong, exploding-gradient:
   * weak}.
   *
   * @throws IllegalArgumentException when it is none of that
   */
  static Map<String, Level> levels(Object written) {
    Map<String, Level> levels = new LinkedHashMap<>();
    if (written != null) {
      for (String one : written.toString().split(",")) {
        String[] parts = one.split(":", 2);
        if (parts.length < 2) {
          throw new IllegalArgumentException("'" + one.strip() + "' is not CAUSE: LEVEL");
        }
        levels.put(parts[0].strip(), Level.of(parts[1].strip()));
      }
    }
    return levels;
  }
}
