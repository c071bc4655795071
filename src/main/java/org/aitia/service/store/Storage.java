package org.aitia.service.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Where diagnoses are kept: the settings of the framework that switch one database on. */
public final class Storage {
  /**
   * Settings of the embedded database. Every commit is flushed to disk, so what it replaced need
   * not be kept for 45 s, as H2 does where it relies on the disk to write in its own time: five
   * seconds keep the file small. Small evidence stands in its row instead of in tables of its own,
   * which every commit would write. The cache, in KiB, is bounded whatever the heap. A file of
   * traces would only grow when the disk is full.
   */
  private static final String EMBEDDED =
      ";DB_CLOSE_ON_EXIT=FALSE;RETENTION_TIME=5000;MAX_LENGTH_INPLACE_LOB=16384;CACHE_SIZE=16384"
          + ";TRACE_LEVEL_FILE=0;QUERY_TIMEOUT=";

  private static final String USER = "aitia";

  private Storage() {}

  /**
   * The database in the data folder. It is opened once before the service starts: after a crash
   * that takes longer than any request may wait.
   *
   * @param timeout of a statement
   */
  public static Map<String, String> embedded(Path folder, Duration timeout) throws SQLException {
    String url =
        "jdbc:h2:file:"
            + folder.resolve(DataFolder.DATABASE.replace(".mv.db", ""))
            + EMBEDDED
            + timeout.toMillis();
    Properties user = new Properties();
    user.put("user", USER);
    user.put("password", USER);
    try (Connection connection = new org.h2.Driver().connect(url, user)) {
      connection.getMetaData();
    }
    Map<String, String> keys = new TreeMap<>();
    keys.put("quarkus.datasource.h2.jdbc.url", url);
    keys.put("quarkus.datasource.h2.username", USER);
    keys.put("quarkus.datasource.h2.password", USER);
    keys.put("quarkus.datasource.h2.active", "true");
    keys.put("quarkus.flyway.h2.active", "true");
    return keys;
  }

  /**
   * A PostgreSQL.
   *
   * @param timeout after which a silent server is given up, and it gives a statement up
   */
  public static Map<String, String> server(String url, Duration timeout) {
    String properties = "quarkus.datasource.pg.jdbc.additional-jdbc-properties.";
    String seconds = String.valueOf(Math.max(1, timeout.toSeconds()));
    Map<String, String> keys = new TreeMap<>();
    keys.put("quarkus.datasource.pg.jdbc.url", url);
    keys.put(properties + "connectTimeout", seconds);
    keys.put(properties + "socketTimeout", seconds);
    keys.put(properties + "tcpKeepAlive", "true");
    keys.put("quarkus.datasource.pg.active", "true");
    keys.put("quarkus.flyway.pg.active", "true");
    return keys;
  }
}
