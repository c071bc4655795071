package org.aitia.limit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A part of the program that failed or was given up, while all others went on.
 *
 * @param part what it was
 * @param name its id: a format, a subject, a check, a rule
 * @param about the file that it was about; null where it was about the run
 * @param why what happened, in English
 * @param thrown what was thrown, for the log
 */
public record Failure(Part part, String name, String about, String why, Throwable thrown) {
  private static final Logger LOG = LoggerFactory.getLogger("aitia.parts");

  /** Processor time that a part may take whatever it works on; healthy parts take milliseconds. */
  private static final Duration ALLOWANCE = Duration.ofSeconds(30);

  /** And for each megabyte that it works on: the slowest readers take a quarter of that. */
  private static final Duration PER_MEGABYTE = Duration.ofSeconds(2);

  /** What can fail on its own. */
  public enum Part {
    READER,
    OBSERVER,
    COMPARER,
    CHECK,
    RULE,
    DIAGNOSIS;

    /** The word for it, as in {@code reader}. */
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Work that gives nothing back but what it noted. */
  @FunctionalInterface
  public interface Work {
    void run() throws Exception;
  }

  /**
   * Does a part of the work. Whatever goes wrong in it becomes a failure, logged once with its
   * stack; only the end of the whole work goes through.
   *
   * @param bytes size of what it works on, which lengthens what it may take
   * @param about the file; null where it is about the run
   * @return what went wrong; empty when nothing did
   */
  public static Optional<Failure> in(Part part, String name, String about, long bytes, Work work) {
    Callable<Void> call =
        () -> {
          work.run();
          return null;
        };
    try {
      Budget.part(ALLOWANCE.plus(PER_MEGABYTE.multipliedBy(bytes >> 20))).run(call);
      return Optional.empty();
    } catch (Cancelled e) {
      throw e;
    } catch (Exhausted e) {
      return Optional.of(logged(part, name, about, "was given up: it " + e.getMessage(), e));
    } catch (OutOfMemoryError e) {
      return Optional.of(logged(part, name, about, "needs more memory than there is", e));
    } catch (StackOverflowError e) {
      return Optional.of(logged(part, name, about, "is nested too deep", e));
    } catch (Exception | LinkageError | AssertionError e) {
      return Optional.of(logged(part, name, about, "failed: " + describe(e), e));
    }
  }

  /** As {@link #in(Part, String, String, long, Work)}, about the run. */
  public static Optional<Failure> in(Part part, String name, Work work) {
    return in(part, name, null, 0, work);
  }

  /** A failure that was caught elsewhere. */
  public static Failure of(Part part, String name, Throwable thrown) {
    return logged(part, name, null, "failed: " + describe(thrown), thrown);
  }

  private static Failure logged(
      Part part, String name, String about, String why, Throwable thrown) {
    LOG.error("{} {} {}", part.id(), name, why, thrown);
    return new Failure(part, name, about, why, thrown);
  }

  private static String describe(Throwable e) {
    String name = e.getClass().getSimpleName();
    return e.getMessage() == null ? name : name + ": " + e.getMessage();
  }
}
