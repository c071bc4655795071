package org.aitia.service.hook;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Which addresses of the net are open to all: the others are somebody's own, and not to be called.
 */
public final class Addresses {
  private Addresses() {}

  /**
   * The address of a host that may be called.
   *
   * @throws UnknownHostException when it has none, or one of them is somebody's own
   */
  static InetAddress open(String host) throws UnknownHostException {
    InetAddress[] all = InetAddress.getAllByName(host);
    if (!Arrays.stream(all).allMatch(Addresses::open)) {
      throw new UnknownHostException("its address is private");
    }
    return all[0];
  }

  /** Whether an address is one of the public net. */
  static boolean open(InetAddress address) {
    byte[] a = address.getAddress();
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    return address instanceof Inet6Address ? open6(a) : open4(a, 0);
  }

  /** Of the registry of special addresses (RFC 6890): those that the methods of Java pass. */
  private static boolean open4(byte[] a, int at) {
    int first = a[at] & 0xFF;
    int second = a[at + 1] & 0xFF;
    int third = a[at + 2] & 0xFF;
    boolean own =
        first == 0
            || first == 10
            || first == 127
            || first == 100 && second >= 64 && second < 128
            || first == 169 && second == 254
            || first == 172 && second >= 16 && second < 32
            || first == 192 && second == 168
            || first == 192 && second == 0 && (third == 0 || third == 2)
            || first == 198 && (second == 18 || second == 19)
            || first == 198 && second == 51 && third == 100
            || first == 203 && second == 0 && third == 113
            || first >= 224;
    return !own;
  }

  private static boolean open6(byte[] a) {
    int first = a[0] & 0xFF;
    int second = a[1] & 0xFF;
    boolean uniqueLocal = (first & 0xFE) == 0xFC;
    boolean documentation = first == 0x20 && second == 0x01 && (a[2] & 0xFF) == 0x0D;
    if (uniqueLocal || documentation) {
      return false;
    }
    if (first == 0x20 && second == 0x02) {
      return open4(a, 2); // 6to4 carries an older address
    }
    boolean translated = first == 0x00 && second == 0x64 && (a[2] & 0xFF) == 0xFF;
    boolean zeros = true;
    for (int i = 0; i < 10; i++) {
      zeros &= a[i] == 0;
    }
    return translated || zeros ? open4(a, 12) : true;
  }
}
