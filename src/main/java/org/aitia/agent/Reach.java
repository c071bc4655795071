package org.aitia.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.aitia.evidence.RunFinder;

/** Which files of this machine an agent may name. */
@FunctionalInterface
public interface Reach {
  /** None: a service diagnoses what it is sent. */
  Reach NOTHING =
      path -> {
        throw new Refused("files of this machine may not be named: send the file's text as 'text'");
      };

  /**
   * The file or folder of that name.
   *
   * @throws Refused when there is none, or it may not be named
   */
  Path at(String path) throws Refused;

  /**
   * Whatever this process may read, or what lies in the given folders.
   *
   * @param folders empty for no bounds; links that lead out of them are followed to where they lead
   */
  static Reach of(List<Path> folders) {
    return path -> {
      try {
        Path at = RunFinder.at(path);
        if (!Files.exists(at)) {
          throw new Refused("there is nothing at '" + path + "'; name a file or a folder of a run");
        }
        Path real = at.toRealPath();
        for (Path folder : folders) {
          if (real.startsWith(folder.toRealPath())) {
            return real;
          }
        }
        if (folders.isEmpty()) {
          return at;
        }
        throw new Refused("'" + path + "' lies outside of the folders that may be read");
      } catch (InvalidPathException e) {
        throw new Refused("no path: " + e.getMessage());
      } catch (IOException e) {
        throw new Refused("'" + path + "' cannot be read: " + e.getMessage());
      }
    };
  }
}
