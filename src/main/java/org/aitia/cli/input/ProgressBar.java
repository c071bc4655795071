package org.aitia.cli.input;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.aitia.evidence.file.Progress;

/**
 * How far reading has come, redrawn in place on a terminal's last line. Safe for concurrent use.
 */
public final class ProgressBar implements AutoCloseable {
  /** Nothing is shown for what is done sooner. */
  private static final long PATIENCE_MILLIS = 400;

  private static final long REDRAW_MILLIS = 100;
  private static final int CELLS = 24;
  private static final double MEGA = 1e6;

  private final PrintWriter err;
  private final long total;
  private final int runs;
  private final AtomicLong done = new AtomicLong();
  private final long started = System.currentTimeMillis();
  private int finished;
  private long drawn;
  private boolean shown;

  /**
   * A bar.
   *
   * @param err the terminal; null when there is none
   * @param total bytes that will be read
   */
  public ProgressBar(PrintWriter err, long total, int runs) {
    this.err = err;
    this.total = total;
    this.runs = runs;
  }

  /** What one run's reading reports to; a file is reported many times, with what is read of it. */
  public Progress ofRun() {
    if (err == null) {
      return Progress.NONE;
    }
    return new Progress() {
      private String file;
      private long last;

      @Override
      public void at(String name, long read, long size) {
        if (!name.equals(file) || read < last) {
          file = name;
          last = 0;
        }
        done.addAndGet(read - last);
        last = read;
        draw();
      }
    };
  }

  public synchronized void finished() {
    finished++;
    draw();
  }

  private synchronized void draw() {
    long now = System.currentTimeMillis();
    if (err == null || now - started < PATIENCE_MILLIS || now - drawn < REDRAW_MILLIS) {
      return;
    }
    drawn = now;
    shown = true;
    double byBytes = total == 0 ? 0 : (double) done.get() / total;
    double share = Math.min(1, Math.max(byBytes, (double) finished / runs));
    int full = (int) (share * CELLS);
    err.print(
        String.format(
            Locale.ROOT,
            "\r\u001b[K%s%s %3.0f %%  %.0f / %.0f MB%s",
            "█".repeat(full),
            "░".repeat(CELLS - full),
            100 * share,
            Math.min(done.get(), total) / MEGA,
            total / MEGA,
            runs > 1 ? "  " + finished + " / " + runs : ""));
    err.flush();
  }

  /** Takes the bar away, so that something else can be written. */
  public synchronized void clear() {
    if (shown) {
      err.print("\r\u001b[K");
      err.flush();
      shown = false;
    }
  }

  @Override
  public void close() {
    clear();
  }
}
