package org.aitia.service.start;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import picocli.CommandLine;

/** The process of the service: reads the options, checks them, and starts Quarkus. */
@QuarkusMain
public final class Service implements QuarkusApplication {
  /** Setting of a service that starts, looks whether all is well, and ends. */
  static final String CHECK = "aitia.check";

  private static final int FAULT = 70;
  private static final Map<String, String> EVERYWHERE =
      Map.of("0.0.0.0", "127.0.0.1", "::", "[::1]", "::1", "[::1]");

  /** Entry point of {@code quarkus-app/quarkus-run.jar}; a leading {@code serve} is allowed. */
  public static void main(String[] args) {
    String[] options =
        args.length > 0 && args[0].equals("serve")
            ? java.util.Arrays.copyOfRange(args, 1, args.length)
            : args;
    int code = new CommandLine(new ServeCommand()).execute(options);
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Starts and stays until the process is told to end. */
  static void start() {
    Quarkus.run(
        Service.class,
        (code, fault) -> {
          if (fault != null) {
            System.err.println("aitia: the service did not start: " + root(fault));
            System.exit(FAULT);
          }
          System.exit(code);
        });
  }

  private static String root(Throwable fault) {
    Throwable deepest = fault;
    while (deepest.getCause() != null && deepest.getCause() != deepest) {
      deepest = deepest.getCause();
    }
    return deepest.getClass().getSimpleName() + ": " + deepest.getMessage();
  }

  @Override
  public int run(String... args) throws InterruptedException {
    Config config = ConfigProvider.getConfig();
    String host = config.getValue("quarkus.http.host", String.class);
    String port = config.getValue("quarkus.http.port", String.class);
    System.out.println("listening on http://" + host + ":" + port);
    System.out.flush();
    if (config.getOptionalValue(CHECK, Boolean.class).orElse(false)) {
      URI here = URI.create("http://" + EVERYWHERE.getOrDefault(host, host) + ":" + port);
      Optional<String> fault =
          new SelfCheck(here, config.getOptionalValue("aitia.token", String.class)).fault();
      System.out.println(fault.isEmpty() ? "all is well" : fault.get());
      return fault.isEmpty() ? 0 : FAULT;
    }
    Quarkus.waitForExit();
    return 0;
  }
}
