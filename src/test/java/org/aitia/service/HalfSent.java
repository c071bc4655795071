package org.aitia.service;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A body of which the service has the first half, over a socket of its own. */
public final class HalfSent implements AutoCloseable {
  private final Socket socket;
  private final byte[] rest;

  private HalfSent(Socket socket, byte[] rest) {
    this.socket = socket;
    this.rest = rest;
  }

  static HalfSent to(URI service, String client, byte[] report, String... headers)
      throws IOException {
    Socket socket =
        new Socket(service.getHost(), service.getPort(), InetAddress.getByName(client), 0);
    socket.setSoTimeout(60_000);
    StringBuilder head = new StringBuilder("POST /api/v1/diagnoses HTTP/1.1\r\n");
    head.append("Host: ").append(service.getAuthority()).append("\r\n");
    head.append("Connection: close\r\n");
    if (!List.of(headers).contains("Content-Type")) {
      head.append("Content-Type: application/json\r\n");
    }
    head.append("Content-Length: ").append(report.length).append("\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    int half = report.length / 2;
    OutputStream out = socket.getOutputStream();
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    out.write(report, 0, half);
    out.flush();
    return new HalfSent(socket, Arrays.copyOfRange(report, half, report.length));
  }

  /** Sends the other half. */
  void send() throws IOException {
    socket.getOutputStream().write(rest);
    socket.getOutputStream().flush();
  }

  /** Sends the other half; returns the answer, head and body. */
  String finish() throws IOException {
    send();
    return answer();
  }

  /** The answer, head and body, until the service closes. */
  String answer() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** As {@link #finish}, for another thread. */
  String finished() {
    try {
      return finish();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
