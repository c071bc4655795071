package org.aitia.service;

import java.io.IOException;
import java.net.ServerSocket;

/** A port of this machine that nobody has, as the system gives it out. */
public final class FreePort {
  private FreePort() {}

  public static int get() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
