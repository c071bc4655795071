package org.aitia.service.guard;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import org.aitia.service.Problem;
import org.aitia.service.Settings;
import org.aitia.service.intake.Arrivals;

/**
 * Lets in only as much work as can be done: so many requests in the service, so many of one
 * client's, so many at work at once. What is too much is told to come again instead of making
 * everyone slow. Only what has arrived whole counts; {@link Arrivals} has its own bounds.
 */
@ApplicationScoped
public class Admission {
  @Inject Settings settings;
  @Inject Workers workers;

  private Places places;

  @PostConstruct
  void open() {
    places = new Places(settings.queue(), settings.perClient());
  }

  /** A place in the service. */
  public final class Ticket implements AutoCloseable {
    private final Caller caller;

    private Ticket(Caller caller) {
      this.caller = caller;
    }

    /** Whose place it is. */
    public Caller caller() {
      return caller;
    }

    /** Does the work when it is its turn. */
    public <T> T work(Callable<T> task) throws Exception {
      return workers.run(caller, task);
    }

    @Override
    public void close() {
      places.leave(caller.address());
    }
  }

  /**
   * Takes a place.
   *
   * @throws Problem when there is none: 429 when this client has too many, 503 when all have
   */
  public Ticket enter(Caller caller) {
    return switch (places.take(caller.address())) {
      case TAKEN -> new Ticket(caller);
      case OWN_FULL -> throw tooMany(settings.perClient());
      case ALL_FULL ->
          throw Problem.later(503, "busy", "the service is busy: its queue is full", 1);
    };
  }

  static Problem tooMany(int own) {
    return Problem.later(
        429, "too-many-requests", "this client has " + own + " requests under way already", 1);
  }

  /** Requests at work or waiting for their turn. */
  public int inside() {
    return places.taken();
  }
}
