package org.aitia.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.aitia.service.PostgresProcess;
import org.aitia.service.ServiceProcess;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service at a real broker and a real PostgreSQL, which the tests share. */
final class KafkaIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path EXAMPLES = Path.of("examples");
  private static final Path RECORD =
      EXAMPLES.resolve("class-imbalance--rare-defects/record.run.jsonl");

  @TempDir static Path folder;
  private static PostgresProcess postgres;
  private static KafkaProcess kafka;
  private static ServiceProcess service;

  @BeforeAll
  static void start() throws Exception {
    postgres = PostgresProcess.startOrSkip();
    kafka = KafkaProcess.start();
    kafka.topics(4, "aitia.runs", "aitia.diagnoses", "aitia.dead", "aitia.later");
    Map<String, String> more =
        Map.of(
            "AITIA_KAFKA_FOLDER", EXAMPLES.toAbsolutePath().toString(), "AITIA_KAFKA_QUOTA", "1");
    service = postgres.service(folder, FleetRun.variables(kafka, more));
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable each : new AutoCloseable[] {service, kafka, postgres}) {
      if (each != null) {
        each.close();
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void send(
      KafkaProducer<byte[], byte[]> to, String key, byte[] body, String... headers) {
    var message = new ProducerRecord<>("aitia.runs", key == null ? null : bytes(key), body);
    for (int i = 0; i < headers.length; i += 2) {
      message.headers().add(FleetRun.header(headers[i], headers[i + 1]));
    }
    to.send(message);
  }

  private static String reason(ConsumerRecord<byte[], byte[]> dead) {
    return new String(
        dead.headers().lastHeader("dead-letter-reason").value(), StandardCharsets.UTF_8);
  }

  @Test
  void eachKindIsDiagnosedOnceAndWhatCannotBeReadSaysWhy() throws Exception {
    byte[] report = Files.readAllBytes(Path.of("src/benchmark/service/report.json"));
    byte[] record = Files.readAllBytes(RECORD);
    try (KafkaProducer<byte[], byte[]> to = kafka.producer()) {
      send(
          to,
          "a",
          report,
          "aitia-kind",
          "symptom-report",
          "aitia-tenant",
          "vision",
          "aitia-labels",
          "model=resnet",
          "aitia-source",
          "report");
      send(to, "b", record, "aitia-kind", "run-record", "aitia-source", "whole");
      // the same key twice is the same run, though the messages are two
      for (int i = 0; i < 2; i++) {
        send(
            to,
            "c",
            report,
            "aitia-kind",
            "symptom-report",
            "aitia-key",
            "job-7",
            "aitia-source",
            "twice");
      }
      send(
          to,
          "d",
          bytes("{\"kind\":\"pointer\",\"path\":\"learning-rate-too-high--loss-nan\"}"),
          "aitia-source",
          "pointed",
          "aitia-version",
          "1");
      int half = record.length / 2;
      while (record[half - 1] != '\n') {
        half++;
      }
      byte[] first = java.util.Arrays.copyOfRange(record, 0, half);
      byte[] second = java.util.Arrays.copyOfRange(record, half, record.length);
      send(to, "run-9", first, "aitia-kind", "record-lines", "aitia-offset", "0");
      send(to, "run-9", first, "aitia-kind", "record-lines", "aitia-offset", "0");
      send(to, "run-9", second, "aitia-kind", "record-lines", "aitia-offset", "" + half);
      // poison
      send(to, "e", bytes("neither"), "aitia-source", "e");
      send(to, "f", bytes("{"), "aitia-kind", "symptom-report");
      send(to, "g", bytes("not a record\n"), "aitia-kind", "run-record");
      send(to, "h", bytes("{\"kind\":\"pointer\",\"path\":\"../pom.xml\"}"));
      send(to, "i", report, "aitia-kind", "symptom-report", "aitia-version", "2");
      send(to, "j", first, "aitia-kind", "record-lines", "aitia-offset", "70");
      send(to, "k", new byte[0], "aitia-kind", "run-record");
      to.flush();
      ServiceProcess.await(() -> kafka.through("aitia", "aitia.runs"));
      // those without a tenant are over the quota of that name at times, and wait
      ServiceProcess.await(() -> kafka.through("aitia-later", "aitia.later"));

      Map<String, List<JsonNode>> told = new HashMap<>();
      for (JsonNode news : news(source -> !source.startsWith("limited-"))) {
        told.computeIfAbsent(news.path("source").asText(), k -> new ArrayList<>()).add(news);
      }
      assertThat(told.keySet())
          .containsExactlyInAnyOrder("report", "whole", "twice", "pointed", "run-9");
      assertThat(ids(told.get("twice"))).hasSize(1);
      assertThat(told.get("twice")).hasSize(2);
      JsonNode one = told.get("report").get(0);
      assertThat(one.at("/labels/tenant").asText()).isEqualTo("vision");
      assertThat(one.at("/labels/model").asText()).isEqualTo("resnet");
      assertThat(one.path("by").asText()).isEqualTo("vision");
      assertThat(told.get("whole").get(0).at("/causes/0/id").asText()).isEqualTo("class-imbalance");
      assertThat(told.get("pointed").get(0).at("/causes/0/id").asText())
          .isEqualTo("learning-rate-too-high");
      JsonNode kept =
          JSON.readTree(service.get(told.get("whole").get(0).path("href").asText()).body());
      assertThat(kept.path("summary")).isEqualTo(told.get("whole").get(0).path("summary"));
      assertThat(stored(false)).isEqualTo(5);

      Map<String, String> reasons =
          kafka.all("aitia.dead").stream()
              .collect(Collectors.toMap(d -> new String(d.key()), KafkaIT::reason));
      assertThat(reasons.keySet()).containsExactlyInAnyOrder("e", "f", "g", "h", "i", "j", "k");
      assertThat(reasons.get("e")).startsWith("unknown-kind");
      assertThat(reasons.get("f")).startsWith("malformed-body");
      assertThat(reasons.get("g")).startsWith("nothing-readable");
      assertThat(reasons.get("h")).startsWith("invalid-pointer");
      assertThat(reasons.get("i")).startsWith("unknown-version");
      assertThat(reasons.get("j")).startsWith("lines-missing");
      assertThat(reasons.get("k")).startsWith("malformed-body");
    }
  }

  private static Set<String> ids(List<JsonNode> news) {
    return news.stream().map(n -> n.path("id").asText()).collect(Collectors.toSet());
  }

  @Test
  void whatIsOverTheQuotaWaitsAndIsDiagnosedAllTheSame() throws Exception {
    byte[] report = Files.readAllBytes(Path.of("src/benchmark/service/report.json"));
    try (KafkaProducer<byte[], byte[]> to = kafka.producer()) {
      for (int i = 0; i < 16; i++) {
        String tenant = i < 15 ? "greedy" : "modest";
        send(
            to,
            null,
            report,
            "aitia-kind",
            "symptom-report",
            "aitia-tenant",
            tenant,
            "aitia-source",
            "limited-" + i);
      }
      to.flush();
      ServiceProcess.await(() -> stored(true) == 16);
      ServiceProcess.await(() -> kafka.through("aitia-later", "aitia.later"));
      // five seconds' worth at once at least, and not all
      assertThat(kafka.all("aitia.later").stream().filter(KafkaIT::limited).count())
          .isBetween(1L, 10L);
      assertThat(ids(news(source -> source.startsWith("limited-")))).hasSize(16);
      assertThat(kafka.all("aitia.dead")).allMatch(dead -> dead.key() != null);
      assertThat(service.get("/openapi/messages").body()).contains("asyncapi: 3.0.0");
    }
  }

  private static boolean limited(ConsumerRecord<byte[], byte[]> message) {
    var source = message.headers().lastHeader("aitia-source");
    return source != null
        && new String(source.value(), StandardCharsets.UTF_8).startsWith("limited-");
  }

  private static int stored(boolean limited) throws Exception {
    return FleetRun.count(
        postgres,
        "select count(*) from diagnosis where coalesce(made_by, '') "
            + (limited ? "" : "not ")
            + "in ('greedy', 'modest')");
  }

  private static List<JsonNode> news(Predicate<String> source) throws Exception {
    List<JsonNode> found = new ArrayList<>();
    for (var message : kafka.all("aitia.diagnoses")) {
      JsonNode news = JSON.readTree(message.value());
      if (source.test(news.path("source").asText())) {
        found.add(news);
      }
    }
    return found;
  }
}
