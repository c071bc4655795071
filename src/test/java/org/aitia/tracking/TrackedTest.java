package org.aitia.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrackedTest {
  @TempDir Path here;

  private Tracked tracked(String uri, Map<String, String> variables) {
    return new Tracked(uri, here, variables);
  }

  private Path run(String store, String experiment, String id) throws IOException {
    Path run = Files.createDirectories(here.resolve(store).resolve(experiment).resolve(id));
    Files.writeString(run.resolve("meta.yaml"), "run_id: " + id + "\nlifecycle_stage: active\n");
    return run;
  }

  @Test
  void onlyNamesOfTrackersAreTaken() throws IOException {
    assertThat(Tracked.named("mlflow:0a1b")).isTrue();
    assertThat(Tracked.named("wandb:3kd9")).isTrue();
    assertThat(Tracked.named("mlflow/0a1b")).isFalse();
    assertThat(Tracked.named("runs/exp1")).isFalse();
  }

  @Test
  void aRunOfTheFolderThatMlflowWrites() throws IOException {
    Path run = run("mlruns", "412", "0a1b");
    assertThat(tracked(null, Map.of()).local("mlflow:0a1b")).isEqualTo(run);
    Path other = run("elsewhere", "0", "9c");
    assertThat(tracked(here.resolve("elsewhere").toUri().toString(), Map.of()).local("mlflow:9c"))
        .isEqualTo(other);
    assertThat(tracked(null, Map.of("MLFLOW_TRACKING_URI", "elsewhere")).local("mlflow:9c"))
        .isEqualTo(other);
    assertThatThrownBy(() -> tracked(null, Map.of()).local("mlflow:ffff"))
        .hasMessageContaining("no run ffff in " + here.resolve("mlruns"));
    // no name leads out of the folder
    assertThatThrownBy(() -> tracked(null, Map.of()).local("mlflow:../412/0a1b"))
        .hasMessageContaining("no run");
  }

  @Test
  void anExperimentByItsName() throws IOException {
    run("mlruns", "412", "0a1b");
    Files.writeString(here.resolve("mlruns/412/meta.yaml"), "experiment_id: '412'\nname: digits\n");
    assertThat(tracked(null, Map.of()).local("mlflow:experiment/digits"))
        .isEqualTo(here.resolve("mlruns/412"));
    assertThatThrownBy(() -> tracked(null, Map.of()).local("mlflow:experiment/letters"))
        .hasMessageContaining("no experiment letters");
  }

  @Test
  void whereThereIsNothingToAskSaysWhatToGive() {
    assertThatThrownBy(() -> tracked(null, Map.of()).local("mlflow:0a1b"))
        .hasMessageContaining("--tracking-uri")
        .hasMessageContaining("MLFLOW_TRACKING_URI");
    assertThatThrownBy(() -> tracked("sqlite:///mlflow.db", Map.of()).local("mlflow:0a1b"))
        .hasMessageContaining("mlflow server --backend-store-uri sqlite:///mlflow.db");
    assertThatThrownBy(() -> tracked("http://", Map.of()).kept("mlflow:0a1b"))
        .hasMessageContaining("http://");
    assertThatThrownBy(
            () -> tracked("http://127.0.0.1:1", Map.of()).kept("mlflow:experiment/digits"))
        .hasMessageContaining("the server at http://127.0.0.1:1 cannot be reached");
  }

  @Test
  void theLatestOfSeveralFoldersOfAWandbRun() throws IOException {
    Path wandb = Files.createDirectories(here.resolve("wandb"));
    Files.createDirectories(wandb.resolve("run-20240101_101010-3kd9"));
    Path later = Files.createDirectories(wandb.resolve("run-20240305_101010-3kd9"));
    Path offline = Files.createDirectories(wandb.resolve("offline-run-20240101_000000-abcd"));
    assertThat(tracked(null, Map.of()).local("wandb:3kd9")).isEqualTo(later);
    assertThat(tracked(null, Map.of()).local("wandb:abcd")).isEqualTo(offline);
    assertThatThrownBy(() -> tracked(null, Map.of()).local("wandb:zzzz"))
        .hasMessageContaining("no run zzzz");
    assertThatThrownBy(() -> tracked(null, Map.of()).local("wandb:team/project/3kd9"))
        .hasMessageContaining("the id alone");
  }

  @Test
  void namesOfMetricsStayBelowTheirFolder() throws IOException {
    for (String name : new String[] {"../../etc/x", "/etc/x", "a/../../b", "", "..", "val/loss"}) {
      Path file = MlflowRun.file(here, name).normalize();
      assertThat(file.startsWith(here) && !file.equals(here)).as(file.toString()).isTrue();
    }
    assertThat(MlflowRun.file(here, "val/loss")).isEqualTo(here.resolve("val/loss"));
  }
}
