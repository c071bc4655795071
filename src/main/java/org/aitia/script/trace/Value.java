package org.aitia.script.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aitia.run.word.Lexicon;
import org.aitia.run.word.WordKind;
import org.aitia.script.syntax.Expression;
import org.aitia.script.syntax.Statement;

/** What is known of a value of the script. Values have identity: an object is one Value. */
public final class Value {
  /** What sort of value it is. */
  public enum Kind {
    UNKNOWN,
    CONSTANT,
    /** A function, class or module of a library, by its qualified name. */
    REFERENCE,
    /** What calling a library's class or function made, by that name. */
    INSTANCE,
    /** An object of a class of the script. */
    OBJECT,
    FUNCTION,
    CLASS,
    METHOD,
    ITEMS,
    MAPPING,
    TENSOR,
    PARAMETERS
  }

  /** Items that are kept: lists of layers or data sets are short, and longer ones are numbers. */
  private static final int MAX_ITEMS = 1_000;

  /** Fields that are kept. */
  private static final int MAX_FIELDS = 5_000;

  /** Lists within lists that are looked into. */
  public static final int MAX_NESTED = 8;

  public final Kind kind;

  /** Qualified name of a library's member; name of a method; hint for what is unknown. */
  public final String name;

  /** What words stand for, of what a library made. */
  private Lexicon words = Lexicon.NONE;

  public Object constant;

  /** A value the user of the script may set otherwise: it decides no branch. */
  public boolean soft;

  public Value receiver;
  public Statement.Define function;
  public Expression.Lambda lambda;
  public Statement.DefineClass type;
  public Value base;
  public Scope scope;
  public final Map<String, Value> fields = new LinkedHashMap<>();
  public List<Value> items = new ArrayList<>();
  public List<Value> keys = new ArrayList<>();

  /** How an instance was made. */
  public Arguments made = Arguments.NONE;

  public Site site;
  public int time;

  /** What a lazily found part belongs to. */
  public Value owner;

  public boolean frozen;
  public boolean partlyFrozen;
  public boolean pretrained;

  /** Whether code that is not seen got hold of it. */
  public boolean escaped;

  public Flow flow = Flow.NONE;

  /** Whose parameters these are, or an optimizer holds; empty when that is not known. */
  public Set<Value> roots = new LinkedHashSet<>();

  private Value(Kind kind, String name) {
    this.kind = kind;
    this.name = name;
  }

  public static Value of(Kind kind, String name) {
    return new Value(kind, name);
  }

  /** What calling a library's class or function made. */
  public static Value instance(String name, Lexicon words) {
    Value value = new Value(Kind.INSTANCE, name);
    value.words = words;
    return value;
  }

  public static Value unknown(String hint) {
    return new Value(Kind.UNKNOWN, hint);
  }

  /** A value that may not have been given. */
  public static Value orUnknown(Value value) {
    return value == null ? unknown(null) : value;
  }

  public static Value constant(Object constant) {
    Value value = new Value(Kind.CONSTANT, null);
    value.constant = constant;
    return value;
  }

  public static Value reference(String name) {
    return new Value(Kind.REFERENCE, name);
  }

  public static Value items(List<Value> items) {
    Value value = new Value(Kind.ITEMS, "list");
    value.items = new ArrayList<>(items);
    shorten(value.items);
    return value;
  }

  public static Value tensor(Flow flow) {
    Value value = new Value(Kind.TENSOR, null);
    value.flow = flow;
    return value;
  }

  public static Value parameters(Set<Value> roots) {
    Value value = new Value(Kind.PARAMETERS, null);
    value.roots.addAll(roots);
    return value;
  }

  /** Leaves out what is more than is kept of a list. */
  public static void shorten(List<Value> items) {
    if (items.size() > MAX_ITEMS) {
      items.subList(MAX_ITEMS, items.size()).clear();
    }
  }

  /** Sets a field. */
  public void set(String field, Value value) {
    if (fields.size() < MAX_FIELDS || fields.containsKey(field)) {
      fields.put(field, value);
    } else {
      escaped = true;
    }
  }

  /** How much there is to take over from it. */
  public int size() {
    return items.size() + flow.through().size() + flow.cut().size() + roots.size();
  }

  public boolean is(Kind other) {
    return kind == other;
  }

  /** Whether it was made by something of one of these short names. */
  public boolean made(Set<String> leaves) {
    return kind == Kind.INSTANCE && leaves.contains(leaf());
  }

  /** The last part of a qualified name. */
  public String leaf() {
    return name == null ? "" : name.substring(name.lastIndexOf('.') + 1);
  }

  /** What the name of an instance's class stands for. */
  public <K extends WordKind> Optional<K> word(Class<K> kinds) {
    return words.written(kinds, leaf());
  }

  /** Whether the name of an instance's class stands for this. */
  public <K extends Enum<K> & WordKind> boolean is(K kind) {
    return word(kind.getDeclaringClass()).filter(kind::equals).isPresent();
  }

  /** Whether the name of an instance's class stands for one of two. */
  public <K extends Enum<K> & WordKind> boolean is(K one, K other) {
    return is(one) || is(other);
  }

  /** Whether the name of an instance's class begins or ends so, or goes on so. */
  public <K extends Enum<K> & WordKind> boolean isLike(K kind) {
    return words.like(kind.getDeclaringClass(), leaf()).filter(kind::equals).isPresent();
  }

  /** A part that is found in an instance when it is asked for. */
  public Value part(String qualified) {
    return instance(qualified, words);
  }

  public boolean isText(String text) {
    return kind == Kind.CONSTANT && text.equals(constant);
  }

  /** The number, or NaN. */
  public double number() {
    return kind == Kind.CONSTANT && constant instanceof Double d ? d : Double.NaN;
  }

  /** Whether a constant is true by Python's rules; null when that is not known. */
  public Boolean truth() {
    if (kind != Kind.CONSTANT || soft) {
      return kind == Kind.OBJECT || kind == Kind.INSTANCE ? Boolean.TRUE : null;
    }
    if (constant instanceof Boolean b) {
      return b;
    }
    if (constant instanceof Double d) {
      return d != 0;
    }
    return constant instanceof String s ? !s.isEmpty() : Boolean.FALSE;
  }
}
