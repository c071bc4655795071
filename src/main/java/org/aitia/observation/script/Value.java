package org.aitia.observation.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.run.script.Expression;
import org.aitia.run.script.Statement;

/** What is known of a value of the script. Values have identity: an object is one Value. */
final class Value {
  /** What sort of value it is. */
  enum Kind {
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
  static final int MAX_NESTED = 8;

  final Kind kind;

  /** Qualified name of a library's member; name of a method; hint for what is unknown. */
  final String name;

  Object constant;

  /** A value the user of the script may set otherwise: it decides no branch. */
  boolean soft;

  Value receiver;
  Statement.Define function;
  Expression.Lambda lambda;
  Statement.DefineClass type;
  Value base;
  Scope scope;
  final Map<String, Value> fields = new LinkedHashMap<>();
  List<Value> items = new ArrayList<>();
  List<Value> keys = new ArrayList<>();

  /** How an instance was made. */
  Arguments made = Arguments.NONE;

  Site site;
  int time;

  /** What a lazily found part belongs to. */
  Value owner;

  boolean frozen;
  boolean partlyFrozen;
  boolean pretrained;

  /** Whether code that is not seen got hold of it. */
  boolean escaped;

  Flow flow = Flow.NONE;

  /** Whose parameters these are, or an optimizer holds; empty when that is not known. */
  Set<Value> roots = new LinkedHashSet<>();

  private Value(Kind kind, String name) {
    this.kind = kind;
    this.name = name;
  }

  static Value of(Kind kind, String name) {
    return new Value(kind, name);
  }

  static Value unknown(String hint) {
    return new Value(Kind.UNKNOWN, hint);
  }

  /** A value that may not have been given. */
  static Value orUnknown(Value value) {
    return value == null ? unknown(null) : value;
  }

  static Value constant(Object constant) {
    Value value = new Value(Kind.CONSTANT, null);
    value.constant = constant;
    return value;
  }

  static Value reference(String name) {
    return new Value(Kind.REFERENCE, name);
  }

  static Value items(List<Value> items) {
    Value value = new Value(Kind.ITEMS, "list");
    value.items = new ArrayList<>(items);
    shorten(value.items);
    return value;
  }

  static Value tensor(Flow flow) {
    Value value = new Value(Kind.TENSOR, null);
    value.flow = flow;
    return value;
  }

  static Value parameters(Set<Value> roots) {
    Value value = new Value(Kind.PARAMETERS, null);
    value.roots.addAll(roots);
    return value;
  }

  /** Leaves out what is more than is kept of a list. */
  static void shorten(List<Value> items) {
    if (items.size() > MAX_ITEMS) {
      items.subList(MAX_ITEMS, items.size()).clear();
    }
  }

  /** Sets a field. */
  void set(String field, Value value) {
    if (fields.size() < MAX_FIELDS || fields.containsKey(field)) {
      fields.put(field, value);
    } else {
      escaped = true;
    }
  }

  /** How much there is to take over from it. */
  int size() {
    return items.size() + flow.through().size() + flow.cut().size() + roots.size();
  }

  boolean is(Kind other) {
    return kind == other;
  }

  /** Whether it was made by something of one of these short names. */
  boolean made(Set<String> leaves) {
    return kind == Kind.INSTANCE && leaves.contains(leaf());
  }

  /** The last part of a qualified name. */
  String leaf() {
    return name == null ? "" : name.substring(name.lastIndexOf('.') + 1);
  }

  boolean isText(String text) {
    return kind == Kind.CONSTANT && text.equals(constant);
  }

  /** The number, or NaN. */
  double number() {
    return kind == Kind.CONSTANT && constant instanceof Double d ? d : Double.NaN;
  }

  /** Whether a constant is true by Python's rules; null when that is not known. */
  Boolean truth() {
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
