package org.aitia.evidence.tracker;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * Parses messages in bounded memory. A record may be large, for images and graphs, which nobody
 * asks for, are passed over; but a field that is empty takes two bytes in a file and fifty in
 * memory.
 */
final class Messages {
  private static final int MAX_FIELDS = 1_000_000;

  private Messages() {}

  /**
   * Parses what stands at the beginning of {@code bytes}.
   *
   * @param kind any message of the kind
   * @throws InvalidProtocolBufferException when it is none, or has more fields than any that is
   *     meant
   */
  @SuppressWarnings("unchecked")
  static <T extends Message> T parse(T kind, byte[] bytes, int length)
      throws InvalidProtocolBufferException {
    try {
      CodedInputStream in = CodedInputStream.newInstance(bytes, 0, length);
      count(in, kind.getDescriptorForType(), MAX_FIELDS);
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) {
      throw new InvalidProtocolBufferException(e);
    }
    return DiscardUnknownFieldsParser.wrap((Parser<T>) kind.getParserForType())
        .parseFrom(bytes, 0, length);
  }

  /**
   * Counts the fields that will be kept.
   *
   * @return how many more there may be
   */
  private static int count(CodedInputStream in, Descriptor kind, int most) throws IOException {
    int left = most;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      FieldDescriptor field = kind.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      boolean whole = WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED;
      if (field == null || whole || !holdsMore(field)) {
        left -= field == null ? 0 : 1;
        in.skipField(tag);
      } else {
        int length = in.readRawVarint32();
        int end = in.pushLimit(length);
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
          left = count(in, field.getMessageType(), left - 1);
        } else {
          left -= length / width(field);
          in.skipRawBytes(length);
        }
        in.popLimit(end);
      }
      if (left < 0) {
        throw new InvalidProtocolBufferException("has more than " + MAX_FIELDS + " fields");
      }
    }
    return left;
  }

  private static boolean holdsMore(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE || field.isPackable();
  }

  /** Bytes that a number of a packed field takes at least. */
  private static int width(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case DOUBLE -> Double.BYTES;
      case FLOAT -> Float.BYTES;
      default -> 1;
    };
  }
}
