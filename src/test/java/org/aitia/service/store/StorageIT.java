package org.aitia.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.aitia.service.Contract;
import org.aitia.service.Forms;
import org.aitia.service.HalfSent;
import org.aitia.service.Ids;
import org.aitia.service.OperationIT;
import org.aitia.service.PostgresProcess;
import org.aitia.service.ServiceProcess;
import org.aitia.service.ServiceTests;
import org.aitia.service.SmallDisk;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data folder and its disk: full and free again, taken already, looked at by others. */
final class StorageIT {
  private static final String JSON = "application/json";
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  @TempDir Path folder;

  @Test
  void aFullDiskIsToldAndOverWhenThereIsSpace() throws Exception {
    byte[] large = Forms.longRecord(30_000);
    try (SmallDisk disk = SmallDisk.orSkip(folder.resolve("disk"), 40);
        ServiceProcess service = ServiceProcess.start(disk.place(), Map.of())) {
      Set<String> kept = new TreeSet<>();
      for (int round = 0; round < 2; round++) {
        kept.add(made(service.post(JSON, OperationIT.REPORT)));
        disk.fill();
        full(service.post(Forms.RECORD, large));
        full(service.send("POST", "/api/v1/sessions", Forms.RECORD, large));
        for (int i = 0; i < 5; i++) {
          HttpResponse<String> answer = service.post(JSON, OperationIT.REPORT);
          // a small one may find room in what the database has already
          if (answer.statusCode() == 201) {
            kept.add(made(answer));
          } else {
            full(answer);
          }
        }
        ServiceProcess.await(() -> service.get("/q/health/ready").statusCode() == 503);
        assertThat(service.get("/q/health/ready").body()).contains("full");
        assertThat(service.get("/q/health/live").statusCode()).isEqualTo(200);
        disk.free();
        ServiceProcess.await(() -> service.get("/q/health/ready").statusCode() == 200);
        kept.add(made(service.post(Forms.RECORD, large)));
        assertThat(ids(service)).isEqualTo(kept);
        ServiceProcess.await(() -> ServiceTests.uploads(disk.place()).isEmpty());
      }
      assertThat(service.log()).doesNotContain("\tat ");
    }
  }

  @Test
  void aDiskThatFailsWithinABodyIsTold() throws Exception {
    byte[] large = Forms.longRecord(30_000);
    assertThat(large.length).isGreaterThan(1_500_000);
    try (ServiceProcess service = ServiceProcess.start(folder, Map.of())) {
      String first = made(service.post(JSON, OperationIT.REPORT));
      Assumptions.assumeTrue(service.files("1000000"), "no limits can be set here");
      for (String path : List.of("/api/v1/diagnoses", "/api/v1/sessions")) {
        HttpResponse<String> answer = service.send("POST", path, Forms.RECORD, large);
        new Contract().holds(path, answer);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.body()).contains("urn:aitia:problem:storage-unavailable");
        assertThat(answer.body()).doesNotContain(folder.toString());
      }
      assertThat(service.files("unlimited")).isTrue();
      String last = made(service.post(Forms.RECORD, large));
      assertThat(ids(service)).containsExactlyInAnyOrder(first, last);
      ServiceProcess.await(() -> ServiceTests.uploads(folder).isEmpty());
      assertThat(service.log()).contains("the disk failed").doesNotContain("\tat ");
    }
  }

  private static String made(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return answer.headers().firstValue("Location").orElseThrow().replaceAll(".*/", "");
  }

  private static void full(HttpResponse<String> answer) throws IOException {
    new Contract().holds(answer.uri().getPath(), answer);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(507);
    assertThat(answer.body()).contains("urn:aitia:problem:storage-full");
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  private static Set<String> ids(ServiceProcess service) throws Exception {
    JsonNode page =
        Contract.JSON.readTree(service.get("/api/v1/diagnoses?limit=100").body()).path("items");
    return new TreeSet<>(page.findValuesAsText("id").stream().filter(Ids::valid).toList());
  }

  @Test
  void aSecondInstanceIsRefused() throws Exception {
    try (ServiceProcess service = ServiceProcess.start(folder, Map.of())) {
      Path log = folder.resolve("second");
      Process second = ServiceProcess.launch(folder, log, Map.of());
      assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(second.exitValue()).isEqualTo(2);
      assertThat(Files.readString(log)).contains("is in use by another instance");
      assertThat(service.post(JSON, OperationIT.REPORT).statusCode()).isEqualTo(201);
    }
  }

  @Test
  void instancesThatShareAServerHaveFoldersOfTheirOwn() throws Exception {
    Path other = Files.createDirectories(folder.resolve("other"));
    try (PostgresProcess postgres = PostgresProcess.startOrSkip();
        ServiceProcess first = postgres.service(folder, Map.of());
        ServiceProcess second = postgres.service(other, Map.of())) {
      String id = made(first.post(JSON, OperationIT.REPORT));
      assertThat(second.get("/api/v1/diagnoses/" + id).statusCode()).isEqualTo(200);
      Path log = folder.resolve("third");
      Process third = ServiceProcess.launch(folder, log, Map.of(), "--database", postgres.url());
      assertThat(third.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(third.exitValue()).isEqualTo(2);
    }
  }

  @Test
  void whatADeadOneLeftIsDeletedAndNobodyElseLooksIn() throws Exception {
    Path data = folder.resolve("data");
    try (ServiceProcess service = start(data)) {
      try (HalfSent half = service.half("127.0.0.1", Forms.longRecord(1_000))) {
        ServiceProcess.await(() -> !ServiceTests.uploads(data).isEmpty());
        assertThat(open(data)).isEmpty();
        service.kill();
      }
    }
    try (ServiceProcess service = start(data)) {
      made(service.post(JSON, OperationIT.REPORT));
      ServiceProcess.await(() -> ServiceTests.uploads(data).isEmpty());
      assertThat(open(data)).isEmpty();
    }
  }

  /** A service that makes its data folder itself. */
  private ServiceProcess start(Path data) throws Exception {
    return ServiceProcess.start(data, folder.resolve("log"), Map.of());
  }

  /** What others may read, write or list. */
  private static List<Path> open(Path data) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(data)) {
      for (Path path : all.toList()) {
        if (Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains)) {
          found.add(path);
        }
      }
    }
    return found;
  }

  @Test
  void aWideTableIsDiagnosedAndKept() throws Exception {
    try (ServiceProcess service = ServiceProcess.start(folder, Map.of())) {
      byte[] form = Forms.form(Map.of("metrics.csv", wide(600, 300)));
      HttpResponse<String> answer = service.post(Forms.TYPE, form);
      String id = made(answer);
      assertThat(service.get("/api/v1/diagnoses/" + id).body()).isEqualTo(answer.body());
      HttpResponse<String> session =
          service.send("POST", "/api/v1/sessions?diagnosis=" + id, JSON, new byte[0]);
      assertThat(session.statusCode()).as(session.body()).isEqualTo(201);
    }
  }

  private static byte[] wide(int metrics, int epochs) {
    StringBuilder text = new StringBuilder("epoch,loss,val_loss");
    for (int m = 0; m < metrics; m++) {
      text.append(",metric_").append(m);
    }
    java.util.Random random = new java.util.Random(1);
    for (int e = 0; e < epochs; e++) {
      text.append('\n').append(e).append(",0.5,0.6");
      for (int m = 0; m < metrics; m++) {
        text.append(',').append(random.nextDouble());
      }
    }
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }
}
