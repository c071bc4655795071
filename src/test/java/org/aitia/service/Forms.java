package org.aitia.service;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files as the service takes them: as a zip and as a form. */
public final class Forms {
  /** Content type of {@link #form}. */
  public static final String TYPE = "multipart/form-data; boundary=limit";

  /** Content type of {@link #longRecord}. */
  public static final String RECORD = "application/x-ndjson";

  private Forms() {}

  /** A run record that takes a while: some seconds for 150,000 steps. */
  public static byte[] longRecord(int steps) {
    StringBuilder text = new StringBuilder("{\"type\":\"run\",\"schema\":\"run-record/1\"}\n");
    for (int i = 0; i < steps; i++) {
      text.append("{\"type\":\"step\",\"step\":").append(i);
      text.append(",\"loss\":").append(2.3 * Math.exp(-i / 1e5) + Math.sin(i) * 0.01).append("}\n");
    }
    return bytes(text.toString());
  }

  static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  public static byte[] form(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      bytes.write(
          bytes(
              "--limit\r\nContent-Disposition: form-data; name=\"files\"; filename=\""
                  + file.getKey()
                  + "\"\r\n\r\n"));
      bytes.write(file.getValue());
      bytes.write(bytes("\r\n"));
    }
    bytes.write(bytes("--limit--\r\n"));
    return bytes.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
