package org.aitia.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import org.aitia.diagnosis.Diagnosis;

/** A diagnosis as JSON, {@code diagnosis/1}: one line, or indented for reading. */
public final class DiagnosisJson implements Renderer {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule().addSerializer(new Plain()).addSerializer(Double.TYPE, new Plain()))
          .build();

  private final ObjectWriter writer;

  private DiagnosisJson(ObjectWriter writer) {
    this.writer = writer;
  }

  /** One object a line. */
  public static DiagnosisJson lines() {
    return new DiagnosisJson(MAPPER.writer());
  }

  /** Indented. */
  public static DiagnosisJson indented() {
    return new DiagnosisJson(MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT));
  }

  @Override
  public String render(Diagnosis diagnosis) {
    return write(diagnosis);
  }

  /** Any value of the interfaces, in the same style. */
  public String write(Object value) {
    try {
      return writer.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result cannot be written as JSON", e);
    }
  }

  /** Whole numbers without a fraction; not finite ones as the strings of the run record. */
  private static final class Plain extends StdSerializer<Double> {
    private static final long serialVersionUID = 1;

    /** Beyond this a double no longer holds every whole number. */
    private static final double EXACT = 1L << 53;

    Plain() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (value == Math.rint(value) && Math.abs(value) < EXACT) {
        json.writeNumber(value.longValue());
      } else if (Double.isFinite(value)) {
        json.writeNumber(value);
      } else {
        json.writeString(value.toString());
      }
    }
  }
}
