package org.aitia.evidence.tensor;

import java.nio.ByteBuffer;
import java.util.Locale;

/** Element types of stored tensors, decoded to numbers. */
public enum ElementType {
  FLOAT64(8, true),
  FLOAT32(4, true),
  FLOAT16(2, true),
  BFLOAT16(2, true),
  INT64(8, false),
  INT32(4, false),
  INT16(2, false),
  INT8(1, false),
  UINT8(1, false),
  BOOL(1, false);

  private final int size;
  private final boolean floating;

  ElementType(int size, boolean floating) {
    this.size = size;
    this.floating = floating;
  }

  /** Bytes of an element. */
  public int size() {
    return size;
  }

  public boolean isFloating() {
    return floating;
  }

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The element at a byte position. */
  double get(ByteBuffer from, int at) {
    return switch (this) {
      case FLOAT64 -> from.getDouble(at);
      case FLOAT32 -> from.getFloat(at);
      case FLOAT16 -> half(from.getShort(at));
      case BFLOAT16 -> brain(from.getShort(at));
      case INT64 -> from.getLong(at);
      case INT32 -> from.getInt(at);
      case INT16 -> from.getShort(at);
      case INT8 -> from.get(at);
      case UINT8, BOOL -> from.get(at) & 0xff;
    };
  }

  /** bfloat16: the upper half of a float32. */
  public static double brain(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** IEEE 754 binary16. */
  public static double half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      double size = fraction * 0x1p-24;
      return bits < 0 ? -size : size;
    }
    int wide = exponent == 0x1f ? 0xff : exponent + 112; // biases are 15 and 127
    return Float.intBitsToFloat((bits & 0x8000) << 16 | wide << 23 | fraction << 13);
  }

  /** The type that PyTorch's storages ({@code FloatStorage}) or its names stand for, or null. */
  public static ElementType ofTorch(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceFirst("(typed|untyped)?storage$", "");
    return switch (plain) {
      case "double", "float64", "f64" -> FLOAT64;
      case "float", "float32", "f32" -> FLOAT32;
      case "half", "float16", "f16" -> FLOAT16;
      case "bfloat16", "bf16" -> BFLOAT16;
      case "long", "int64", "i64" -> INT64;
      case "int", "int32", "i32" -> INT32;
      case "short", "int16", "i16" -> INT16;
      case "char", "int8", "i8" -> INT8;
      case "byte", "uint8", "u8" -> UINT8;
      case "bool" -> BOOL;
      default -> null;
    };
  }
}
