package org.aitia.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.aitia.Diagnoser;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Verdict;
import org.aitia.service.Ids;
import org.aitia.service.guard.Problems;
import org.flywaydb.core.Flyway;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each write of the embedded database fails in turn: what was answered is kept, of what was refused
 * there is all or nothing, and what comes next is kept.
 */
@Timeout(300)
final class WriteFaultsTest {
  private static final String USER = "aitia";
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final byte[] FILES = new byte[100_000];

  private static Map<Language, Diagnosis> texts;

  @TempDir Path folder;
  private AgroalDataSource source;
  private Database database;
  private final Store diagnoses = new Store();
  private final SessionStore sessions = new SessionStore();

  @BeforeAll
  static void diagnose() throws Exception {
    FilePath.register(new FaultyDisk());
    Diagnoser diagnoser = Diagnoser.builtIn();
    Path example = Path.of("examples/class-imbalance--rare-defects");
    Diagnoser.Examination examined =
        diagnoser.examine(
            RunFolder.read("run", example, Progress.NONE, List.of(), diagnoser.vocabulary()));
    texts = new LinkedHashMap<>();
    for (Language language : Language.values()) {
      texts.put(language, examined.diagnose(language));
    }
  }

  @BeforeEach
  void open() throws Exception {
    String url =
        Storage.embedded(folder, TIMEOUT)
            .get("quarkus.datasource.h2.jdbc.url")
            .replace("jdbc:h2:file:", "jdbc:h2:faulty:");
    Flyway.configure()
        .dataSource(url, USER, USER)
        .placeholders(Map.of("bytes", "blob", "document", "varbinary(1048576)"))
        .load()
        .migrate();
    source =
        AgroalDataSource.from(
            new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(
                    pool ->
                        pool.maxSize(4)
                            .connectionFactoryConfiguration(
                                made ->
                                    made.jdbcUrl(url)
                                        .principal(new NamePrincipal(USER))
                                        .credential(new SimplePassword(USER)))));
    database = new Database();
    database.open(source, false, TIMEOUT);
    diagnoses.database = database;
    sessions.database = database;
  }

  @AfterEach
  void close() {
    FaultyDisk.mend();
    source.close();
  }

  private interface Write {
    void as(String id) throws Exception;
  }

  /** Rows of what was kept under an id: in all tables, or in none. */
  private interface Rows {
    List<Integer> of(String id) throws SQLException;
  }

  private static void each(String fault, boolean lasting, int status, Write write, Rows rows)
      throws Exception {
    write.as(Ids.next());
    Map<String, Boolean> answered = new LinkedHashMap<>();
    Set<Integer> told = new TreeSet<>();
    int writes = 0;
    boolean failed = true;
    for (; failed && writes < 100; writes++) {
      String id = Ids.next();
      FaultyDisk.failAfter(writes, fault, lasting);
      try {
        write.as(id);
        answered.put(id, true);
      } catch (SQLException e) {
        answered.put(id, false);
        told.add(Problems.of(e).status());
      }
      failed = FaultyDisk.mend();
      answered.put(next(write), true);
    }
    assertThat(failed).as("there are more than %d writes", writes).isFalse();
    assertThat(answered.values().stream().filter(a -> !a)).as("refused").hasSizeGreaterThan(1);
    // a connection that was closed with the database says no more than that
    assertThat(told).contains(status).isSubsetOf(status, 503);
    for (Map.Entry<String, Boolean> one : answered.entrySet()) {
      List<Integer> found = rows.of(one.getKey());
      assertThat(found.stream().distinct()).as("rows %s", found).hasSize(1);
      assertThat(found.get(0)).isBetween(one.getValue() ? 1 : 0, 1);
    }
  }

  /** Keeps something; while the database is opened anew it may have to be asked again. */
  private static String next(Write write) throws Exception {
    for (int i = 0; ; i++) {
      String id = Ids.next();
      try {
        write.as(id);
        return id;
      } catch (SQLException e) {
        assertThat(Problems.of(e).status()).as(e.toString()).isEqualTo(503);
        assertThat(i).as("tries").isLessThan(5);
        Thread.sleep(200);
      }
    }
  }

  private int rows(String statement, String id) throws SQLException {
    return database.use(handle -> handle.select(statement, id).mapTo(int.class).one());
  }

  @ParameterizedTest
  @CsvSource({"Input/output error, false, 503", "No space left on device, true, 507"})
  void diagnoses(String fault, boolean lasting, int status) throws Exception {
    int suspects = texts.get(Language.EN).causes().size();
    assertThat(suspects).isPositive();
    each(
        fault,
        lasting,
        status,
        id ->
            diagnoses.insert(
                new Store.Entry(id, Instant.now(), "files", "f", Store.Mark.NONE, texts),
                RunFacts.UNKNOWN,
                null,
                FILES),
        id ->
            List.of(
                diagnoses.find(id).isPresent() ? 1 : 0,
                diagnoses.evidence(id).filter(f -> f.length == FILES.length).isPresent() ? 1 : 0,
                rows("select count(*) from fleet_run where diagnosis = ?", id),
                rows("select count(*) from suspect where diagnosis = ?", id) / suspects));
  }

  @ParameterizedTest
  @CsvSource({"Input/output error, false, 503", "No space left on device, true, 507"})
  void sessions(String fault, boolean lasting, int status) throws Exception {
    StoredSession.Attached run = new StoredSession.Attached("files", "run", "now", null);
    StoredSession.Content content =
        new StoredSession.Content("run", List.of(run), Map.of(), List.of(), null);
    StoredSession.Brief brief = new StoredSession.Brief(Verdict.UNDECIDED, null, null);
    each(
        fault,
        lasting,
        status,
        id -> {
          Instant now = Instant.now();
          sessions.insert(new StoredSession(id, now, now, 1, content, brief), FILES);
        },
        id ->
            List.of(
                sessions.find(id, Instant.EPOCH).isPresent() ? 1 : 0,
                rows("select count(*) from session_run where session = ?", id)));
  }
}
