package org.aitia.tracking;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs by the names that their tracker gave them: {@code mlflow:RUN_ID}, {@code
 * mlflow:experiment/NAME}, {@code wandb:RUN_ID}.
 */
public final class Tracked {
  static final String MLFLOW = "mlflow:";
  private static final String WANDB = "wandb:";
  private static final String EXPERIMENT = "experiment/";

  /** Where MLflow keeps runs when nobody says where. */
  private static final String MLRUNS = "mlruns";

  private final String uri;
  private final Path here;
  private final Map<String, String> variables;

  /**
   * @param uri of MLflow, as its client takes it; null for {@code MLFLOW_TRACKING_URI}, or else the
   *     folder {@code mlruns}
   * @param here the folder in which relative names begin
   * @param variables of the environment
   */
  public Tracked(String uri, Path here, Map<String, String> variables) {
    this.uri = uri == null ? variables.get("MLFLOW_TRACKING_URI") : uri;
    this.here = here;
    this.variables = variables;
  }

  /** Whether a text names a run of a tracker; a file of that name is a file. */
  public static boolean named(String text) {
    return (text.startsWith(MLFLOW) || text.startsWith(WANDB)) && !Files.exists(Path.of(text));
  }

  /** Whether it names many runs. */
  public static boolean many(String text) {
    return text.startsWith(MLFLOW + EXPERIMENT);
  }

  /**
   * The folder of a run that lies on this machine; null where a server keeps it.
   *
   * @throws IOException when there is none, saying where it was looked for
   */
  public Path local(String text) throws IOException {
    if (text.startsWith(WANDB)) {
      return wandb(text.substring(WANDB.length()));
    }
    Path store = store();
    if (store == null) {
      return null;
    }
    String name = text.substring(MLFLOW.length());
    return many(text) ? experiment(store, name.substring(EXPERIMENT.length())) : run(store, name);
  }

  /** The runs that a server keeps under the name. */
  public List<Kept> kept(String text) throws IOException {
    MlflowServer server = new MlflowServer(uri, variables);
    String name = text.substring(MLFLOW.length());
    List<String> ids =
        many(text) ? server.runs(name.substring(EXPERIMENT.length())) : List.of(name);
    return ids.stream().<Kept>map(id -> new MlflowRun(server, id)).toList();
  }

  /** MLflow's folder, or null when a server is asked. */
  private Path store() throws IOException {
    if (uri == null) {
      Path store = here.resolve(MLRUNS);
      if (!Files.isDirectory(store)) {
        throw new IOException(
            "no MLflow to ask: give --tracking-uri or MLFLOW_TRACKING_URI (http://host:5000, or a"
                + " folder); there is no folder mlruns here");
      }
      return store;
    }
    if (uri.startsWith("http://") || uri.startsWith("https://")) {
      return null;
    }
    if (uri.matches("[a-z+0-9]{2,}:.*") && !uri.startsWith("file:")) {
      throw new IOException(
          uri
              + ": only http, https and folders are asked; start mlflow server --backend-store-uri "
              + uri
              + ", and give its address");
    }
    Path store = uri.startsWith("file:") ? Path.of(URI.create(uri).getPath()) : here.resolve(uri);
    if (!Files.isDirectory(store)) {
      throw new IOException(store + " is no folder of MLflow");
    }
    return store;
  }

  private static Path run(Path store, String id) throws IOException {
    try (Stream<Path> experiments = Files.list(store)) {
      return experiments
          .map(e -> e.resolve(safe(id)))
          .filter(r -> Files.isReadable(r.resolve("meta.yaml")))
          .findFirst()
          .orElseThrow(() -> new IOException("there is no run " + id + " in " + store));
    }
  }

  private static Path experiment(Path store, String name) throws IOException {
    try (Stream<Path> experiments = Files.list(store)) {
      for (Path experiment : experiments.filter(Files::isDirectory).sorted().toList()) {
        Path meta = experiment.resolve("meta.yaml");
        boolean named =
            Files.isReadable(meta)
                && Files.readString(meta).lines().anyMatch(l -> l.strip().equals("name: " + name));
        if (named || experiment.getFileName().toString().equals(name)) {
          return experiment;
        }
      }
    }
    throw new IOException("there is no experiment " + name + " in " + store);
  }

  private Path wandb(String id) throws IOException {
    if (id.contains("/")) {
      throw new IOException(
          "runs of a W&B server are not asked for: give the id alone where the run was made, or its"
              + " folder in ./wandb");
    }
    Path base = here.resolve(variables.getOrDefault("WANDB_DIR", ""));
    Path folder = Files.isDirectory(base.resolve("wandb")) ? base.resolve("wandb") : base;
    if (id.equals("latest") && Files.isDirectory(folder.resolve("latest-run"))) {
      return folder.resolve("latest-run");
    }
    String end = "-" + safe(id);
    try (Stream<Path> runs = Files.list(folder)) {
      return runs.filter(r -> name(r).startsWith("run-") || name(r).startsWith("offline-run-"))
          .filter(r -> name(r).endsWith(end))
          .max(Comparator.comparing(Tracked::name))
          .orElseThrow(() -> new IOException("there is no run " + id + " in " + folder));
    }
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  /** Ids hold no separators: none leads out of the folder. */
  private static String safe(String id) {
    return id.replaceAll("[/\\\\]", "_");
  }
}
