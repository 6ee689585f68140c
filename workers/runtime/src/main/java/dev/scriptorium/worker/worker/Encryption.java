package dev.scriptorium.worker.worker;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a worker speaks with its servers.
 *
 * @param tls false for plaintext
 * @param authorities PEM file with the certificates to trust; empty for those of the Java runtime
 */
record Encryption(boolean tls, Optional<Path> authorities) {
  static final Encryption NONE = new Encryption(false, Optional.empty());

  /**
   * What the command line asks for.
   *
   * @param authorities switches TLS on
   * @param insecure true to allow plaintext to other machines
   * @throws IllegalArgumentException when the key would leave this machine in plaintext unasked
   */
  static Encryption of(
      boolean tls, @Nullable Path authorities, boolean insecure, List<String> servers) {
    if (tls || authorities != null) {
      return new Encryption(true, Optional.ofNullable(authorities));
    }
    for (String server : servers) {
      if (!insecure && !ServerAddress.isLoopback(server)) {
        throw new IllegalArgumentException(
            "server '"
                + server
                + "' is another machine: use --tls or --tls-ca FILE, or --insecure");
      }
    }
    return NONE;
  }

  /**
   * For channels.
   *
   * @throws IllegalArgumentException when the certificates cannot be used
   */
  ChannelCredentials credentials() {
    if (!tls) {
      return InsecureChannelCredentials.create();
    }
    if (authorities.isEmpty()) {
      return TlsChannelCredentials.create();
    }
    return trusting(authorities.get());
  }

  private static ChannelCredentials trusting(Path file) {
    // Read here as well: gRPC looks into the file only when a channel is opened.
    try (InputStream stream = Files.newInputStream(file)) {
      if (CertificateFactory.getInstance("X.509").generateCertificates(stream).isEmpty()) {
        throw new IllegalArgumentException(file + " has no certificates");
      }
      return TlsChannelCredentials.newBuilder().trustManager(file.toFile()).build();
    } catch (IOException | CertificateException e) {
      throw new IllegalArgumentException(file + " cannot be read as certificates: " + e, e);
    }
  }
}
