package org.aitia.service.kafka;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.service.PostgresProcess;
import org.aitia.service.ServiceProcess;
import org.aitia.service.store.DataFolder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Instances of the service that share the messages of one topic and one PostgreSQL; when asked to,
 * one of them and the broker are killed in the middle. Counts what became of the messages.
 */
public final class FleetRun {
  private FleetRun() {}

  /**
   * What to do.
   *
   * @param kills whether an instance and the broker are killed
   */
  record Plan(int messages, int partitions, int instances, boolean kills) {}

  /**
   * What became of it.
   *
   * @param stored diagnoses in the database
   * @param sources different messages among them
   * @param told messages in the output topic, the repeated ones too
   * @param ids different diagnoses among them
   * @param dead messages among the dead letters
   * @param seconds from the first message to the last commit
   */
  record Outcome(
      int messages, int stored, int sources, int told, int ids, int dead, double seconds) {
    boolean onceEach() {
      return stored == messages && sources == messages && ids == messages && dead == 0;
    }
  }

  /** Arguments: messages, partitions, instances, and {@code kill} for the crashes. */
  public static void main(String[] args) throws Exception {
    boolean kills = args.length > 3 && args[3].equals("kill");
    Plan plan =
        new Plan(
            Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]), kills);
    Outcome outcome = of(plan);
    System.out.printf(
        "messages %d, partitions %d, instances %d, %s%n",
        plan.messages(),
        plan.partitions(),
        plan.instances(),
        kills ? "an instance and the broker killed" : "nothing killed");
    System.out.printf(
        "stored %d of %d different messages; told %d times, %d different; dead letters %d%n",
        outcome.stored(), outcome.sources(), outcome.told(), outcome.ids(), outcome.dead());
    System.out.printf(
        "%.1f s, %.0f messages a second%n",
        outcome.seconds(), outcome.messages() / outcome.seconds());
    System.out.println(
        outcome.onceEach()
            ? "every message was diagnosed once in effect, none was lost"
            : "MESSAGES WERE LOST OR DIAGNOSED TWICE");
    System.exit(outcome.onceEach() ? 0 : 1);
  }

  static Outcome of(Plan plan) throws Exception {
    List<ServiceProcess> services = new ArrayList<>();
    List<Path> folders = new ArrayList<>();
    try (PostgresProcess postgres = PostgresProcess.startOrSkip();
        KafkaProcess kafka = KafkaProcess.start()) {
      try {
        kafka.topics(plan.partitions(), "aitia.runs", "aitia.diagnoses", "aitia.dead");
        for (int i = 0; i < plan.instances(); i++) {
          folders.add(Files.createTempDirectory("aitia-fleet"));
          services.add(postgres.service(folders.get(i), variables(kafka, Map.of())));
        }
        return counted(plan, postgres, kafka, services);
      } finally {
        for (ServiceProcess service : services) {
          service.close();
        }
        for (Path folder : folders) {
          DataFolder.delete(folder);
        }
      }
    }
  }

  static Map<String, String> variables(KafkaProcess kafka, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.put("AITIA_KAFKA_BOOTSTRAP", kafka.address());
    // the least that a broker allows: who is killed is missed after six seconds, not 45
    all.put("KAFKA_SESSION_TIMEOUT_MS", "6000");
    all.put("KAFKA_HEARTBEAT_INTERVAL_MS", "1500");
    return all;
  }

  private static Outcome counted(
      Plan plan, PostgresProcess postgres, KafkaProcess kafka, List<ServiceProcess> services)
      throws Exception {
    byte[] report = Files.readAllBytes(Path.of("src/benchmark/service/report.json"));
    long begun = System.nanoTime();
    try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
      for (int i = 0; i < plan.messages(); i++) {
        var message =
            new ProducerRecord<>(
                "aitia.runs", ("run-" + i).getBytes(StandardCharsets.UTF_8), report);
        message.headers().add(header("aitia-kind", "symptom-report"));
        message.headers().add(header("aitia-source", "run-" + i));
        message.headers().add(header("aitia-labels", "number=" + i));
        producer.send(message);
      }
    }
    if (plan.kills()) {
      await(() -> stored(postgres) >= plan.messages() / 4);
      services.get(0).kill();
      await(() -> stored(postgres) >= plan.messages() / 2);
      kafka.kill();
      kafka.begin();
    }
    await(() -> stored(postgres) >= plan.messages() && kafka.through("aitia", "aitia.runs"));
    double seconds = (System.nanoTime() - begun) / 1e9;
    Set<String> ids = new HashSet<>();
    int told = 0;
    for (var message : kafka.all("aitia.diagnoses")) {
      told++;
      ids.add(
          new String(
              message.headers().lastHeader("aitia-diagnosis").value(), StandardCharsets.UTF_8));
    }
    return new Outcome(
        plan.messages(),
        stored(postgres),
        count(postgres, "select count(distinct labels) from diagnosis"),
        told,
        ids.size(),
        kafka.all("aitia.dead").size(),
        seconds);
  }

  /** Waits as long as something moves on: there is no time by which it has to be done. */
  private static void await(ServiceProcess.Condition condition) throws Exception {
    while (!condition.holds()) {
      Thread.sleep(250);
    }
  }

  private static int stored(PostgresProcess postgres) throws Exception {
    return count(postgres, "select count(*) from diagnosis");
  }

  static int count(PostgresProcess postgres, String query) throws Exception {
    try (Connection connection = DriverManager.getConnection(postgres.url(), "aitia", "");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getInt(1);
    }
  }

  static RecordHeader header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
