package org.aitia.observation;

import static org.junit.platform.engine.discovery.ClassNameFilter.excludeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs tests, by package or class, until one fails: 1 as its exit code. */
public final class Noticing {
  private Noticing() {}

  public static void main(String[] names) throws ClassNotFoundException {
    for (String name : names) {
      run(name);
    }
    System.exit(0);
  }

  /**
   * Whether a test fails, in a program that takes the classes of a folder before its own.
   *
   * @param seconds after which a change is taken to loop
   * @param tests packages and classes, in the order in which they are run
   */
  public static boolean fails(Path changed, long seconds, List<String> tests)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                changed + File.pathSeparator + System.getProperty("java.class.path"),
                Noticing.class.getName()));
    command.addAll(tests);
    Process running =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!running.waitFor(seconds, TimeUnit.SECONDS)) {
      running.destroyForcibly().waitFor();
      return true;
    }
    return running.exitValue() != 0;
  }

  private static void run(String name) throws ClassNotFoundException {
    boolean isClass = Character.isUpperCase(name.charAt(name.lastIndexOf('.') + 1));
    LauncherDiscoveryRequest tests =
        LauncherDiscoveryRequestBuilder.request()
            .filters(excludeClassNamePatterns(".*IT"))
            .selectors(isClass ? selectClass(Class.forName(name)) : selectPackage(name))
            .build();
    LauncherFactory.create().execute(tests, new FirstFailure());
  }

  /** Ends the program with the first failure. */
  private static final class FirstFailure implements TestExecutionListener {
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (result.getStatus() == TestExecutionResult.Status.FAILED) {
        Runtime.getRuntime().halt(1);
      }
    }
  }
}
