package org.aitia.reasoning.inference;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.aitia.observation.measure.Observation;
import org.aitia.run.Report;

/**
 * The working memories of the runs that were concluded about last: an answer more then costs a
 * fraction of a memory filled anew. A few, since each takes about a megabyte. Safe for concurrent
 * use: a memory that is taken belongs to the taker alone until it is put back.
 */
final class WarmMemories {
  private static final int MOST = 4;

  private final Deque<WorkingMemory> memories = new ArrayDeque<>();

  /** Takes the memory of these observations out; null when there is none. */
  synchronized WorkingMemory take(List<Observation> observations, List<Report.Stated> stated) {
    for (Iterator<WorkingMemory> all = memories.iterator(); all.hasNext(); ) {
      WorkingMemory memory = all.next();
      if (memory.isOf(observations, stated)) {
        all.remove();
        return memory;
      }
    }
    return null;
  }

  /** Puts a memory back; the one that was used longest ago makes room. */
  void put(WorkingMemory memory) {
    WorkingMemory last;
    synchronized (this) {
      memories.addFirst(memory);
      last = memories.size() > MOST ? memories.removeLast() : null;
    }
    if (last != null) {
      last.close();
    }
  }
}
