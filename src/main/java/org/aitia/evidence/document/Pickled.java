package org.aitia.evidence.document;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.Unpickler;
import net.razorvine.pickle.objects.ClassDict;
import org.aitia.limit.Budget;

/**
 * Python objects from a pickle of PyTorch or Keras, as plain data. Nothing is executed: tensors
 * become references to their storage, objects of any other class a mapping of what they hold.
 * Lengths are held against what is there before anything is allocated.
 */
public final class Pickled extends Unpickler {
  /** Largest pickle that is read; the weights stand outside of it. */
  public static final int MAX_SIZE = 32 << 20;

  private static final int MAX_OPERATIONS = 5_000_000;

  /**
   * Memory that empty containers and objects may take, in bytes: each is a single byte in the file.
   */
  private static final long MAX_HELD = 96L << 20;

  /**
   * A tensor, by where its elements lie.
   *
   * @param storage name of the storage's entry
   * @param type name of the storage's class, for example {@code FloatStorage}
   * @param offset index of the first element in the storage
   * @param trainable whether it asks for a gradient; null of plain tensors
   */
  public record Tensor(
      String storage,
      String type,
      long stored,
      long offset,
      List<Long> shape,
      List<Long> stride,
      Boolean trainable) {
    private Tensor asParameter(boolean trains) {
      return new Tensor(storage, type, stored, offset, shape, stride, trains);
    }

    /** Whether its elements lie in the storage one after the other. */
    public boolean isPlain() {
      long expected = 1;
      for (int i = shape.size() - 1; i >= 0; i--) {
        if (shape.get(i) != 1 && stride.get(i) != expected) {
          return false;
        }
        expected *= shape.get(i);
      }
      return true;
    }
  }

  private record Storage(String key, String type, long elements) {}

  static {
    registerConstructor("torch._utils", "_rebuild_tensor_v2", Pickled::tensor);
    registerConstructor("torch._utils", "_rebuild_parameter", Pickled::parameter);
    registerConstructor("collections", "OrderedDict", args -> new LinkedHashMap<>());
    // older versions of Keras keep the learning rate as numpy's numbers
    registerConstructor("numpy", "dtype", args -> args[0]);
    registerConstructor("numpy.core.multiarray", "scalar", Pickled::scalar);
    registerConstructor("numpy._core.multiarray", "scalar", Pickled::scalar);
  }

  private int operations;
  private long held;

  private Pickled() {}

  /**
   * Reads a pickle.
   *
   * @throws IOException when it is damaged, or claims more than is there
   */
  public static Object read(byte[] pickle) throws IOException {
    try {
      return new Pickled().load(new ByteArrayInputStream(pickle));
    } catch (RuntimeException | StackOverflowError e) {
      throw new IOException(
          "holds a pickle that is damaged or of an unknown kind ("
              + (e.getMessage() == null
                  ? e.getClass().getSimpleName()
                  : Mappings.first(e.getMessage()))
              + ")",
          e);
    }
  }

  private static Object tensor(Object[] args) {
    Storage storage = (Storage) args[0];
    if (sizes(args[2]).size() != sizes(args[3]).size()) {
      throw new PickleException("a tensor has another number of strides than of sizes");
    }
    return new Tensor(
        storage.key(),
        storage.type(),
        storage.elements(),
        ((Number) args[1]).longValue(),
        sizes(args[2]),
        sizes(args[3]),
        null);
  }

  private static Object parameter(Object[] args) {
    return args[0] instanceof Tensor t ? t.asParameter(Boolean.TRUE.equals(args[1])) : args[0];
  }

  private static Object scalar(Object[] args) {
    if (args.length < 2 || !(args[1] instanceof byte[] bytes)) {
      return null;
    }
    ByteBuffer number = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return switch (String.valueOf(args[0]) + bytes.length) {
      case "f44" -> (double) number.getFloat();
      case "f88" -> number.getDouble();
      case "i88" -> number.getLong();
      default -> null;
    };
  }

  private static List<Long> sizes(Object tuple) {
    List<Long> found = new ArrayList<>();
    Iterable<?> all = tuple instanceof Object[] array ? Arrays.asList(array) : (Iterable<?>) tuple;
    all.forEach(n -> found.add(((Number) n).longValue()));
    return found;
  }

  @Override
  protected Object persistentLoad(Object id) {
    Object[] place = (Object[]) id;
    String type = className(place[1]);
    return new Storage(String.valueOf(place[2]), type, ((Number) place[4]).longValue());
  }

  private static String className(Object type) {
    String name =
        type instanceof IObjectConstructor c && c.construct(new Object[0]) instanceof ClassDict d
            ? d.getClassName()
            : String.valueOf(type);
    return name.substring(name.lastIndexOf('.') + 1);
  }

  @Override
  protected Object dispatch(short key) throws IOException {
    Budget.step();
    if (++operations > MAX_OPERATIONS) {
      throw new PickleException("more operations than a checkpoint has");
    }
    lengths(key);
    held += weight(key);
    if (held > MAX_HELD) {
      throw new PickleException("more objects than a checkpoint has");
    }
    switch (key) {
      case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<>());
      case Opcodes.SETITEM -> {
        Object value = stack.pop();
        put(stack.pop(), value);
      }
      case Opcodes.SETITEMS -> putAll(stack.pop_all_since_marker());
      case Opcodes.DICT -> {
        List<Object> items = stack.pop_all_since_marker();
        stack.add(new LinkedHashMap<>());
        putAll(items);
      }
      case Opcodes.ADDITEMS -> stack.pop_all_since_marker();
      case Opcodes.FROZENSET -> {
        stack.pop_all_since_marker();
        stack.add(List.of());
      }
      case Opcodes.EMPTY_SET -> stack.add(new ArrayList<>());
      case Opcodes.BUILD -> build(stack.pop());
      case Opcodes.REDUCE, Opcodes.NEWOBJ -> construct(stack.pop());
      case Opcodes.NEWOBJ_EX -> {
        stack.pop();
        construct(stack.pop());
      }
      default -> {
        return super.dispatch(key);
      }
    }
    return NO_RETURN_VALUE;
  }

  private static int weight(short key) {
    return switch (key) {
      case Opcodes.EMPTY_DICT, Opcodes.EMPTY_SET, Opcodes.DICT, Opcodes.REDUCE, Opcodes.NEWOBJ ->
          64;
      case Opcodes.EMPTY_LIST, Opcodes.LIST, Opcodes.EMPTY_TUPLE, Opcodes.TUPLE, Opcodes.BINGET ->
          24;
      default -> 8;
    };
  }

  /** Texts and bytes are allocated by the length they claim. */
  private void lengths(short key) throws IOException {
    int width =
        switch (key) {
          case Opcodes.BINSTRING, Opcodes.BINUNICODE, Opcodes.BINBYTES, Opcodes.LONG4 -> 4;
          case Opcodes.BINUNICODE8, Opcodes.BINBYTES8, Opcodes.BYTEARRAY8 -> 8;
          default -> 0;
        };
    if (width == 0) {
      return;
    }
    input.mark(width);
    long claimed = 0;
    for (int i = 0; i < width; i++) {
      claimed |= (long) input.read() << 8 * i;
    }
    input.reset();
    if (claimed < 0 || claimed > input.available()) {
      throw new PickleException("a value claims " + claimed + " bytes, more than there are");
    }
  }

  private void putAll(List<Object> items) {
    for (int i = 0; i + 1 < items.size(); i += 2) {
      put(items.get(i), items.get(i + 1));
    }
  }

  /** Only plain keys: the hash of a container would have to be computed through all it holds. */
  @SuppressWarnings("unchecked")
  private void put(Object key, Object value) {
    boolean plain = key instanceof String || key instanceof Integer || key instanceof Long;
    if (plain && stack.peek() instanceof Map<?, ?> map) {
      ((Map<Object, Object>) map).put(map instanceof ClassDict ? String.valueOf(key) : key, value);
    }
  }

  /** The state of an object; slots and state that are no mapping are left out. */
  private void build(Object state) {
    if (stack.peek() instanceof ClassDict object && state instanceof Map<?, ?> fields) {
      fields.forEach((name, value) -> object.put(String.valueOf(name), value));
    }
  }

  private void construct(Object args) {
    Object type = stack.pop();
    Object[] given = args instanceof Object[] array ? array : new Object[0];
    Object made = null;
    if (type instanceof IObjectConstructor constructor) {
      try {
        made = constructor.construct(given);
      } catch (PickleException e) {
        made = constructor.construct(new Object[0]); // a class that is not known
      }
    }
    stack.add(made);
  }
}
