package org.aitia.service.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.aitia.limit.Budget;
import org.aitia.service.Problem;
import org.aitia.service.ServiceProcess;
import org.aitia.service.TestSettings;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Work that ends in time, that is ended, and that does not come back. */
final class WorkersTest {
  private static final Duration GRACE = Duration.ofMillis(300);

  private final CountDownLatch never = new CountDownLatch(1);
  private Workers workers;

  private Workers workers(String... settings) {
    workers = new Workers(TestSettings.of(settings), GRACE);
    workers.open();
    return workers;
  }

  @AfterEach
  void end() {
    never.countDown();
    workers.close();
  }

  private static Caller caller() {
    return new Caller("127.0.0.1", "request-1");
  }

  private static Problem problem(Callable<?> call) {
    return catchThrowableOfType(Problem.class, call::call);
  }

  /** A loop as a reader has it: it can be ended at any step. */
  private static Void loop() {
    while (true) {
      Budget.step();
    }
  }

  private Void stuck() throws InterruptedException {
    never.await();
    return null;
  }

  private CompletableFuture<Object> later(Caller caller, Callable<Object> task) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return workers.run(caller, task);
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        });
  }

  private static Problem refusal(CompletableFuture<Object> work) {
    return (Problem) catchThrowableOfType(CompletionException.class, work::join).getCause();
  }

  @Test
  void workCarriesItsRequestIntoTheLog() throws Exception {
    assertThat(workers("workers", "1").run(caller(), () -> MDC.get("request")))
        .isEqualTo("request-1");
    assertThat(MDC.get("request")).isNull();
  }

  @Test
  void workPastItsDeadlineIsGivenUp() {
    Workers workers = workers("workers", "1", "deadline", "0.2S");
    Problem problem = problem(() -> workers.run(caller(), WorkersTest::loop));
    assertThat(problem.status()).isEqualTo(503);
    assertThat(problem.kind()).isEqualTo("took-too-long");
    assertThat(workers.stuck()).isZero();
  }

  @Test
  void largeBodiesMayTakeLonger() throws Exception {
    Caller large = caller();
    large.sent(null, 3 << 20);
    Workers workers = workers("workers", "1", "deadline", "0.1S");
    assertThat(
            workers.<String>run(
                large,
                () -> {
                  Thread.sleep(500);
                  Budget.check();
                  return "done";
                }))
        .isEqualTo("done");
  }

  @Test
  void workOfAClientThatLeftEnds() throws Exception {
    Workers workers = workers("workers", "1");
    Caller caller = caller();
    var work = later(caller, WorkersTest::loop);
    ServiceProcess.await(() -> workers.working() == 1);
    caller.leave("its client left");
    assertThat(refusal(work).kind()).isEqualTo("cancelled");
    ServiceProcess.await(() -> workers.working() == 0);
    assertThat(workers.stuck()).isZero();
  }

  @Test
  void whoLeftBeforeHisTurnIsNotServed() {
    Workers workers = workers("workers", "1");
    Caller caller = caller();
    caller.leave("its client left");
    assertThat(problem(() -> workers.run(caller, () -> "served")).kind()).isEqualTo("cancelled");
  }

  @Test
  void theTurnThatDoesNotComeIsTold() throws Exception {
    Workers workers = workers("workers", "1", "patience", "0.2S");
    var first = later(caller(), () -> stuck());
    ServiceProcess.await(() -> workers.working() == 1);
    assertThat(problem(() -> workers.run(caller(), () -> "served")).kind()).isEqualTo("busy");
    never.countDown();
    first.join();
    assertThat(workers.<String>run(caller(), () -> "served")).isEqualTo("served");
  }

  @Test
  void threadsThatDoNotComeBackAreReplacedUpToABound() throws Exception {
    Workers workers = workers("workers", "1", "deadline", "0.1S", "patience", "0.2S");
    List<Problem> given = new ArrayList<>();
    given.add(problem(() -> workers.run(caller(), this::stuck)));
    assertThat(workers.able()).isTrue();
    assertThat(workers.<String>run(caller(), () -> "served")).isEqualTo("served");
    given.add(problem(() -> workers.run(caller(), this::stuck)));
    assertThat(given).extracting(Problem::kind).containsOnly("took-too-long");
    assertThat(workers.stuck()).isEqualTo(2);
    assertThat(workers.able()).isFalse();
    assertThat(problem(() -> workers.run(caller(), () -> "served")).kind()).isEqualTo("busy");
    never.countDown();
    ServiceProcess.await(() -> workers.stuck() == 0);
    assertThat(workers.able()).isTrue();
    assertThat(workers.<String>run(caller(), () -> "served")).isEqualTo("served");
  }

  @Test
  void theEndEndsAll() throws Exception {
    Workers workers = workers("workers", "1");
    var working = later(caller(), WorkersTest::loop);
    ServiceProcess.await(() -> workers.working() == 1);
    var waiting = later(caller(), () -> "served");
    Thread.sleep(100);
    workers.cancelAll("the service ends");
    assertThat(refusal(working).getMessage()).contains("the service ends");
    assertThat(refusal(waiting).getMessage()).contains("the service ends");
  }
}
