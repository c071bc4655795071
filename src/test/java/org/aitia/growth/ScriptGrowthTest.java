package org.aitia.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.observation.Observing;
import org.aitia.observation.measure.Notebook;
import org.aitia.run.Companions;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scripts that nobody would write are read and followed in time that grows as they do, on half of
 * the stack that threads have, and what is given up says so.
 */
class ScriptGrowthTest {
  private static final int SIZE = 500;
  private static final int LARGER = 4;

  /** Four times the script may take so much more: quadratic work takes sixteen times. */
  private static final int MOST = 10;

  private static final int TRIES = 3;

  /** Processor time in ns below which a measurement is mostly noise. */
  private static final long NOISE = 60_000_000;

  private static final long STACK = 512 << 10;

  @TempDir Path folder;

  @BeforeEach
  void warmUp() throws Exception {
    measure("import torch\n" + "x = torch.nn.Linear(1, 2)\n".repeat(500));
  }

  @TestFactory
  Stream<DynamicTest> workGrowsAsScriptsDo() {
    return HostileScripts.all().entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> grows(e.getValue())));
  }

  /**
   * What grows too fast does so each time, a busy machine or a compiler at work only now and then.
   */
  private void grows(IntFunction<String> script) throws Exception {
    double times = Double.MAX_VALUE;
    for (int i = 0; i < TRIES && times >= MOST; i++) {
      long small = measure(script.apply(SIZE));
      times = (double) measure(script.apply(LARGER * SIZE)) / Math.max(NOISE, small);
    }
    assertThat(times).isLessThan(MOST);
  }

  /** Processor time that a script takes on a small stack. */
  private long measure(String script) throws Exception {
    Files.writeString(folder.resolve("train.py"), script);
    FutureTask<Long> work = new FutureTask<>(this::work);
    new Thread(null, work, "script", STACK).start();
    return work.get();
  }

  private long work() throws Exception {
    long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    Run run = RunFolder.read("run", folder, Progress.NONE, java.util.List.of(), Vocabulary.base());
    Notebook notes = Observing.measure(run, Companions.NONE);
    long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun;
    assertThat(run.failures()).isEmpty();
    assertThat(notes.failures()).allMatch(f -> f.why().startsWith("was given up: it "));
    assertThat(run.files())
        .singleElement()
        .matches(f -> f.state() == FileNote.State.READ || f.message().contains("read in part"));
    return took;
  }
}
