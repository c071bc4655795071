package org.aitia.observation;

import static org.junit.platform.engine.discovery.ClassNameFilter.excludeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the tests that hold what is measured, until one fails: 1 as its exit code. */
final class Noticing {
  private Noticing() {}

  public static void main(String[] args) throws ClassNotFoundException {
    run("org.aitia.observation");
    run("org.aitia.reasoning.rule.CatalogueTest", "org.aitia.SavedComparisonTest");
    run("org.aitia.ExamplesTest");
    System.exit(0);
  }

  private static void run(String... names) throws ClassNotFoundException {
    LauncherDiscoveryRequestBuilder request =
        LauncherDiscoveryRequestBuilder.request().filters(excludeClassNamePatterns(".*IT"));
    for (String name : names) {
      boolean isClass = Character.isUpperCase(name.charAt(name.lastIndexOf('.') + 1));
      request.selectors(isClass ? selectClass(Class.forName(name)) : selectPackage(name));
    }
    LauncherDiscoveryRequest tests = request.build();
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
