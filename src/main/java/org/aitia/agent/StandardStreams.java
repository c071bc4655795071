package org.aitia.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Messages as lines, as they come over standard input and output. */
public final class StandardStreams {
  /** A slow diagnosis leaves room for another call. */
  private static final int WORKERS = 2;

  private final Endpoint endpoint;
  private final OutputStream out;
  private IOException failure;

  private StandardStreams(Endpoint endpoint, OutputStream out) {
    this.endpoint = endpoint;
    this.out = out;
  }

  /**
   * Answers lines until there are no more, and all are answered.
   *
   * @throws IOException when they can be read or answered no longer
   */
  public static void serve(Endpoint endpoint, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    new StandardStreams(endpoint, out).serve(in);
  }

  private void serve(InputStream in) throws IOException, InterruptedException {
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      while (line != null && failure() == null) {
        String message = line;
        if (!message.isBlank()) {
          workers.execute(() -> write(endpoint.answer(message)));
        }
        line = reader.readLine();
      }
    } finally {
      workers.shutdown();
    }
    workers.awaitTermination(1, TimeUnit.DAYS);
    if (failure() != null) {
      throw failure();
    }
  }

  private synchronized IOException failure() {
    return failure;
  }

  private synchronized void write(String answer) {
    if (answer == null || failure != null) {
      return;
    }
    try {
      out.write((answer + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      failure = e;
    }
  }
}
