package org.aitia.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.Diagnoser;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.knowledge.Language;
import org.aitia.service.Ids;
import org.aitia.service.fleet.Incident;
import org.aitia.service.fleet.Incidents;
import org.aitia.service.fleet.Overview;
import org.aitia.service.fleet.Overviews;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is counted of diagnoses whose times and labels are known. */
final class FleetStoreTest {
  private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
  private static final FleetStore.Range THREE_WEEKS =
      new FleetStore.Range(MONDAY, MONDAY.plus(21, ChronoUnit.DAYS), Map.of());

  private static Map<Language, Diagnosis> faulty;
  private static Map<Language, Diagnosis> healthy;

  @TempDir Path folder;
  private AgroalDataSource source;
  private final Store diagnoses = new Store();
  private final FleetStore fleet = new FleetStore();
  private final IncidentStore spans = new IncidentStore();

  @BeforeAll
  static void diagnose() throws Exception {
    faulty = texts("class-imbalance--rare-defects");
    healthy = texts("healthy--small-batches");
  }

  private static Map<Language, Diagnosis> texts(String example) throws Exception {
    Diagnoser diagnoser = Diagnoser.builtIn();
    Diagnoser.Examination examined =
        diagnoser.examine(
            RunFolder.read(
                "run",
                Path.of("examples", example),
                Progress.NONE,
                List.of(),
                diagnoser.vocabulary()));
    Map<Language, Diagnosis> texts = new LinkedHashMap<>();
    for (Language language : Language.values()) {
      texts.put(language, examined.diagnose(language));
    }
    return texts;
  }

  @BeforeEach
  void open() throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("fleet");
    Flyway.configure()
        .dataSource(url, "", "")
        .placeholders(Map.of("bytes", "blob", "document", "varbinary(1048576)"))
        .load()
        .migrate();
    source =
        AgroalDataSource.from(
            new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(
                    pool ->
                        pool.maxSize(2).connectionFactoryConfiguration(made -> made.jdbcUrl(url))));
    Database database = new Database();
    database.open(source, false, Duration.ofSeconds(10));
    diagnoses.database = database;
    fleet.database = database;
    spans.database = database;
  }

  @AfterEach
  void close() {
    source.close();
  }

  private String store(
      Instant created, Map<Language, Diagnosis> texts, RunFacts facts, Map<String, String> labels)
      throws Exception {
    String id = Ids.next();
    Store.Mark mark = new Store.Mark("a-token", labels);
    diagnoses.insert(new Store.Entry(id, created, "files", "f", mark, texts), facts, null, null);
    return id;
  }

  private static Instant day(int number) {
    return MONDAY.plus(number, ChronoUnit.DAYS).plus(5, ChronoUnit.HOURS);
  }

  @Test
  void runsAreCountedByVerdictCauseTeamModelFrameworkAndWeek() throws Exception {
    RunFacts keras = new RunFacts("keras", 1.5, day(0).minus(90, ChronoUnit.MINUTES), null);
    store(day(0), faulty, keras, Map.of("team", "vision", "model", "unet"));
    store(day(8), faulty, RunFacts.UNKNOWN, Map.of("team", "vision", "hours", "4"));
    store(day(8), healthy, keras, Map.of("framework", "mindspore"));
    store(day(21), faulty, keras, Map.of("team", "vision"));
    Overview seen = new Overviews(fleet).of(THREE_WEEKS);
    assertThat(seen.runs()).containsEntry("faulty", 2L).containsEntry("healthy", 1L);
    assertThat(seen.cost()).isEqualTo(new Overview.Cost(5.5, 2));
    assertThat(seen.causes()).hasSize(1);
    assertThat(seen.causes().get(0).cause()).isEqualTo("class-imbalance");
    assertThat(seen.causes().get(0).weeks()).containsExactly(1L, 1L, 0L);
    assertThat(seen.weeks())
        .extracting(w -> w.begins() + " " + w.faulty() + "/" + w.runs())
        .containsExactly("2026-03-02 1/1", "2026-03-09 1/2", "2026-03-16 0/0");
    assertThat(seen.groups().get(FleetStore.By.TEAM))
        .extracting(g -> g.value() + " " + g.faulty() + "/" + g.runs())
        .containsExactly("vision 2/2", "a-token 0/1");
    assertThat(seen.groups().get(FleetStore.By.FRAMEWORK))
        .extracting(g -> g.value() + " " + g.runs())
        .containsExactlyInAnyOrder("keras 1", "null 1", "mindspore 1");
    assertThat(seen.groups().get(FleetStore.By.MODEL).get(0).causes())
        .extracting(Overview.Share::cause)
        .containsExactly("class-imbalance");
    // from the start of a run to its diagnosis; of the other faulty one the start is not known
    assertThat(seen.warnings()).isEqualTo(new FleetStore.Warnings(1, 1.5, 1.5));
  }

  @Test
  void onlyThoseAskedForAreCountedAndListed() throws Exception {
    store(day(1), faulty, RunFacts.UNKNOWN, Map.of("team", "vision"));
    String other = store(day(2), faulty, RunFacts.UNKNOWN, Map.of("team", "speech"));
    Map<FleetStore.By, String> speech = Map.of(FleetStore.By.TEAM, "speech");
    Overview seen =
        new Overviews(fleet)
            .of(new FleetStore.Range(THREE_WEEKS.since(), THREE_WEEKS.until(), speech));
    assertThat(seen.all()).isEqualTo(1);
    List<Store.Entry> listed =
        diagnoses.list(
            new Store.Filter(
                null,
                null,
                null,
                null,
                null,
                List.of(),
                Map.of(FleetStore.By.TEAM, "speech", FleetStore.By.CAUSE, "class-imbalance")),
            10);
    assertThat(listed).extracting(Store.Entry::id).containsExactly(other);
    assertThat(spans.members(THREE_WEEKS, "class-imbalance", "team=speech", 10))
        .containsExactly(other);
    assertThat(spans.members(THREE_WEEKS, "class-imbalance", "", 10)).hasSize(2);
  }

  @Test
  void aRunThatWasCalledFaultyWhileItWentOnWasWarnedOfThen() throws Exception {
    Instant began = day(3);
    Instant warned = began.plus(30, ChronoUnit.MINUTES);
    store(day(4), faulty, new RunFacts(null, null, began, warned), Map.of());
    assertThat(fleet.warnings(THREE_WEEKS).median()).isEqualTo(0.5);
  }

  /** Ten runs a day, one of them faulty; and on one day twelve of fourteen on one data set. */
  private List<String> brokenDataSet() throws Exception {
    List<String> broken = new ArrayList<>();
    for (int i = 0; i < 210; i++) {
      Map<String, String> labels =
          Map.of("dataset", "d" + i % 7, "team", "t" + i % 3, "job", "j" + i);
      store(day(i / 10), i % 10 == 0 ? faulty : healthy, RunFacts.UNKNOWN, labels);
    }
    for (int i = 0; i < 14; i++) {
      Map<String, String> labels =
          Map.of("dataset", "new", "bucket", "b9", "team", "t" + i % 3, "job", "n" + i);
      String id = store(day(15), i < 12 ? faulty : healthy, RunFacts.UNKNOWN, labels);
      if (i < 12) {
        broken.add(id);
      }
    }
    return broken;
  }

  @Test
  void aBrokenDataSetIsOneIncident() throws Exception {
    List<String> broken = brokenDataSet();
    List<Incident> found = new Incidents(spans).in(THREE_WEEKS);
    assertThat(found).hasSize(1);
    Incident only = found.get(0);
    assertThat(only.cause()).isEqualTo("class-imbalance");
    // the two labels are those of the same runs
    List<String> both = new ArrayList<>(only.also());
    both.add(only.label());
    assertThat(both).containsExactlyInAnyOrder("dataset=new", "bucket=b9");
    assertThat(only.failed()).isEqualTo(12);
    assertThat(only.runs()).isEqualTo(14);
    assertThat(only.since()).isBetween(day(14), day(15));
    assertThat(only.until()).isBetween(day(15), day(16));
    assertThat(broken).containsAll(only.latest());
    assertThat(new Incidents(spans).in(new FleetStore.Range(MONDAY, day(14), Map.of()))).isEmpty();
  }

  @Test
  void anIncidentIsFoundAmongTheRunsOfATeamToo() throws Exception {
    for (int i = 0; i < 3; i++) {
      brokenDataSet();
    }
    FleetStore.Range team =
        new FleetStore.Range(
            THREE_WEEKS.since(), THREE_WEEKS.until(), Map.of(FleetStore.By.TEAM, "t1"));
    assertThat(new Incidents(spans).in(team)).hasSize(1);
    FleetStore.Range none =
        new FleetStore.Range(
            THREE_WEEKS.since(), THREE_WEEKS.until(), Map.of(FleetStore.By.TEAM, "t9"));
    assertThat(new Incidents(spans).in(none)).isEmpty();
  }

  @Test
  void whatIsDeletedIsNotCounted() throws Exception {
    String id = store(day(1), faulty, RunFacts.UNKNOWN, Map.of("team", "vision"));
    diagnoses.delete(id);
    assertThat(new Overviews(fleet).of(THREE_WEEKS).all()).isZero();
  }
}
