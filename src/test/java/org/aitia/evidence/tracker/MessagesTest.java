package org.aitia.evidence.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import org.aitia.evidence.tracker.message.TensorBoard.Event;
import org.junit.jupiter.api.Test;

/** Messages take no more memory than what is meant by them. */
final class MessagesTest {
  private static final int MANY = 1_000_001;

  private static Event parse(byte[] bytes) throws InvalidProtocolBufferException {
    return Messages.parse(Event.getDefaultInstance(), bytes, bytes.length);
  }

  private static void isRefused(byte[] bytes) {
    assertThatThrownBy(() -> parse(bytes))
        .isInstanceOf(InvalidProtocolBufferException.class)
        .hasMessageContaining("has more than 1000000 fields");
  }

  @Test
  void manyEmptyValuesAreRefused() {
    // a field of tag 1 and length 0, again and again
    byte[] values = new byte[2 * MANY];
    for (int i = 0; i < values.length; i += 2) {
      values[i] = 0x0a;
    }
    isRefused(Events.message(out -> out.writeByteArray(5, values)));
  }

  @Test
  void manyPackedNumbersAreRefused() {
    byte[] tensor = Events.message(out -> out.writeByteArray(10, new byte[MANY]));
    byte[] value = Events.message(out -> out.writeByteArray(8, tensor));
    byte[] summary = Events.message(out -> out.writeByteArray(1, value));
    isRefused(Events.message(out -> out.writeByteArray(5, summary)));
  }

  @Test
  void aLargeImageBesideAScalarIsPassedOver() throws InvalidProtocolBufferException {
    byte[] image = Events.message(out -> out.writeByteArray(4, new byte[8 * MANY]));
    byte[] loss =
        Events.message(
            out -> {
              out.writeString(1, "loss");
              out.writeFloat(2, 0.5f);
            });
    byte[] summary =
        Events.message(
            out -> {
              out.writeByteArray(1, Events.message(o -> o.writeByteArray(4, image)));
              out.writeByteArray(1, loss);
            });
    Event event = parse(Events.message(out -> out.writeByteArray(5, summary)));
    assertThat(event.getSummary().getValue(1).getSimpleValue()).isEqualTo(0.5f);
    assertThat(event.getSerializedSize()).isLessThan(100);
  }

  @Test
  void whatIsCutIsNoMessage() {
    byte[] whole = Events.message(out -> out.writeString(3, "brain.Event:2"));
    assertThatThrownBy(() -> parse(Events.prefix(whole, whole.length - 1)))
        .isInstanceOf(InvalidProtocolBufferException.class);
  }
}
