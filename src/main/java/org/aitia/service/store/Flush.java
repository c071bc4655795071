package org.aitia.service.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** Makes sure that what was committed is on disk. */
@FunctionalInterface
interface Flush {
  /** A server's commit returns when it is. */
  Flush BY_COMMIT = connection -> {};

  /** Called after a commit, with the connection that committed. */
  void after(Connection connection) throws SQLException;

  /**
   * The embedded database writes commits a little later; a checkpoint makes it do so at once. One
   * checkpoint serves all that committed before it began.
   */
  static Flush ofEmbedded() {
    AtomicLong committed = new AtomicLong();
    AtomicLong flushed = new AtomicLong();
    ReentrantLock lock = new ReentrantLock();
    return connection -> {
      long mine = committed.incrementAndGet();
      lock.lock();
      try {
        if (flushed.get() < mine) {
          long all = committed.get();
          try (Statement checkpoint = connection.createStatement()) {
            checkpoint.execute("checkpoint sync");
          }
          flushed.set(all);
        }
      } finally {
        lock.unlock();
      }
    };
  }
}
