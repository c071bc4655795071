package org.aitia.evidence.tracker;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes event files for tests. */
public final class Events {
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  public Events() {
    record(message(out -> out.writeString(3, "brain.Event:2")));
  }

  /** Writes the fields of one message. */
  public interface Fields {
    void to(CodedOutputStream out) throws IOException;
  }

  public static byte[] message(Fields fields) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      fields.to(out);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Events scalar(String tag, long step, double value) {
    return value(
        step,
        out -> {
          out.writeString(1, tag);
          out.writeFloat(2, (float) value);
        });
  }

  Events tensor(String tag, long step, String plugin, Fields tensor) {
    return value(
        step,
        out -> {
          out.writeString(1, tag);
          out.writeByteArray(8, message(tensor));
          if (plugin != null) {
            byte[] data = message(o -> o.writeString(1, plugin));
            out.writeByteArray(9, message(o -> o.writeByteArray(1, data)));
          }
        });
  }

  public Events value(long step, Fields value) {
    byte[] summary = message(out -> out.writeByteArray(1, message(value)));
    return record(
        message(
            out -> {
              out.writeDouble(1, 1.7e9);
              out.writeInt64(2, step);
              out.writeByteArray(5, summary);
            }));
  }

  Events record(byte[] payload) {
    file.writeBytes(frame(payload.length, payload));
    return this;
  }

  static byte[] frame(long claimed, byte[] payload) {
    byte[] length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(claimed).array();
    return ByteBuffer.allocate(16 + payload.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(length)
        .putInt(EventRecords.masked(length, 8))
        .put(payload)
        .putInt(EventRecords.masked(payload, payload.length))
        .array();
  }

  Events raw(byte[] bytes) {
    file.writeBytes(bytes);
    return this;
  }

  public byte[] bytes() {
    return file.toByteArray();
  }

  public static byte[] prefix(byte[] bytes, int length) {
    return Arrays.copyOf(bytes, length);
  }
}
