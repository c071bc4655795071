package org.aitia.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.aitia.evidence.array.NpyHeader;
import org.aitia.run.FileNote;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small files that claim to hold much: memory goes by what is there. */
class ClaimedSizesTest {
  private static final long MOST = 256L << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir Path folder;

  private FileNote read(Path file) throws IOException {
    long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    FileNote note = Runs.only(Runs.read(file));
    long taken = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    assertThat(taken).as("bytes allocated, %s", note).isLessThan(MOST);
    return note;
  }

  /** An object header of HDF5, version 1: a one, a count of references, then its own size. */
  @Test
  void headersOfHdf5ThatClaimTwoGigabytes() throws IOException {
    byte[] whole = Files.readAllBytes(Path.of("src/test/resources/samples/keras/model.h5"));
    int changed = 0;
    for (int at = 0; at + 12 <= whole.length; at += 8) {
      ByteBuffer bytes = ByteBuffer.wrap(whole.clone()).order(ByteOrder.LITTLE_ENDIAN);
      boolean header = whole[at] == 1 && whole[at + 1] == 0 && bytes.getInt(at + 4) == 1;
      if (header && changed < 40) {
        bytes.putInt(at + 8, 0x7ffffff0);
        FileNote note = read(Files.write(folder.resolve("model.h5"), bytes.array()));
        assertThat(note.state()).as("%s, at %d", note, at).isNotEqualTo(FileNote.State.READ);
        changed++;
      }
    }
    assertThat(changed).isGreaterThan(5);
  }

  @Test
  void aPickleOfEmptyDictionaries() throws IOException {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.writeBytes(new byte[] {(byte) 0x80, 2, '}', '('});
    pickle.writeBytes("}".repeat(4_000_000).getBytes(StandardCharsets.US_ASCII));
    pickle.writeBytes(new byte[] {'u', '.'});
    FileNote note = read(Files.write(folder.resolve("history.pkl"), pickle.toByteArray()));
    assertThat(note.message()).contains("more objects than a checkpoint has");
  }

  @Test
  void anArrayWhoseEmptyDimensionHidesTheOthers() throws IOException {
    String head =
        "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 4000000000, 4000000000), }\n";
    ByteBuffer bytes = ByteBuffer.allocate(10 + head.length()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(NpyHeader.MAGIC).put((byte) 1).put((byte) 0).putShort((short) head.length());
    bytes.put(head.getBytes(StandardCharsets.US_ASCII));
    FileNote note = read(Files.write(folder.resolve("loss.npy"), bytes.array()));
    assertThat(note.message()).contains("claims more values than any file holds");
  }

  /** A view that never ends, under the name of a table. */
  @Test
  @Timeout(60)
  void aDatabaseWhoseTableIsAnEndlessQuery() throws Exception {
    Path file = folder.resolve("mlflow.db");
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = database.createStatement()) {
      statement.execute(
          "CREATE TABLE runs (run_uuid, name, status, start_time, end_time, lifecycle_stage)");
      statement.execute("CREATE TABLE params (key, value, run_uuid)");
      statement.execute(
          "CREATE VIEW metrics AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
              + " SELECT 'loss' AS key, i AS value, i AS step, 0 AS is_nan, i AS timestamp, 'a' AS run_uuid FROM n");
      statement.execute("INSERT INTO runs VALUES ('a', 'a', 'FINISHED', 1, 2, 'active')");
    } catch (SQLException e) {
      throw new IOException(e);
    }
    FileNote note = read(file);
    assertThat(note.state()).isEqualTo(FileNote.State.FAILED);
    assertThat(note.message()).contains("it has no table [metrics]");
  }
}
