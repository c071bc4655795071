package org.aitia.service.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses may be called, by the registries of special addresses (RFC 6890, RFC 8190). */
final class AddressesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.8.8.8",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::10.0.0.1",
        "64:ff9b::a00:1",
        "2001:db8::1",
        "2002:7f00:1::",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void whatIsSomebodysOwnIsNotCalled(String address) throws UnknownHostException {
    assertThat(Addresses.open(InetAddress.getByName(address))).isFalse();
    assertThatThrownBy(() -> Addresses.open(address)).isInstanceOf(UnknownHostException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.1.0.1",
        "198.20.0.1",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "64:ff9b::101:101",
        "2002:101:101::"
      })
  void whatIsOpenToAllIs(String address) throws UnknownHostException {
    assertThat(Addresses.open(InetAddress.getByName(address))).isTrue();
  }

  /** Computed with Python's hmac. */
  @Test
  void theSignatureIsThatOfTheDocumentation() {
    byte[] body = "{\"event\":\"diagnosis\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(Signature.of("a-secret-of-sixteen-and-more", 1_764_540_000, body))
        .isEqualTo(
            "t=1764540000,v1=0c016c6d02b8dca797c3b56676f7c90e8bcdd1b0722e76f0c981a278233b25fe");
  }
}
