package org.aitia.evidence.file;

import java.io.IOException;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;

/** Reads one format. Stateless; memory use does not grow with the size of the file. */
public interface Reader {
  /** The format's id, as listed by {@code aitia list formats}. */
  String format();

  /** What the format is and who writes it, in one English sentence. */
  String describe();

  /**
   * Whether the file is of this format, judged by its content; the name may only decide between
   * formats that look alike.
   */
  boolean recognises(Head head);

  /**
   * Reads all that can be read.
   *
   * @return what became of the file: {@link FileNote.State#PARTIAL} with what is wrong and where,
   *     when it is damaged
   * @throws IOException when nothing could be read; its message says what is wrong and how to mend
   *     it
   */
  FileNote read(Input input, RunBuilder run) throws IOException;
}
