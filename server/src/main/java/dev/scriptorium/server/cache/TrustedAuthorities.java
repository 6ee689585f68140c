package dev.scriptorium.server.cache;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/**
 * Who may vouch for Redis.
 *
 * @param file certificates in PEM; empty for those that Java trusts
 */
public record TrustedAuthorities(Optional<Path> file) {
  private static final String TYPE = "PKCS12";

  /**
   * What trusts them, and wants a certificate that was made for the host. The file is read now;
   * another one is read at the next start.
   *
   * @throws IllegalArgumentException when the file holds no certificates
   */
  SslOptions options() {
    SslOptions.Builder options = SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL);
    if (file.isPresent()) {
      byte[] store = store(file.get());
      options.trustStoreType(TYPE).truststore(() -> new ByteArrayInputStream(store), new char[0]);
    }
    return options.build();
  }

  // The client takes a store of keys and no PEM.
  private static byte[] store(Path file) {
    try (InputStream pem = Files.newInputStream(file)) {
      ByteArrayOutputStream store = new ByteArrayOutputStream();
      keys(CertificateFactory.getInstance("X.509").generateCertificates(pem))
          .store(store, new char[0]);
      return store.toByteArray();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "%s cannot be used as certificates in PEM: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static KeyStore keys(Collection<? extends Certificate> certificates)
      throws GeneralSecurityException, IOException {
    if (certificates.isEmpty()) {
      throw new IOException("it has none");
    }
    KeyStore keys = KeyStore.getInstance(TYPE);
    keys.load(null, null);
    int number = 0;
    for (Certificate certificate : certificates) {
      keys.setCertificateEntry("authority-" + number++, certificate);
    }
    return keys;
  }
}
