package dev.scriptorium.server.cache;

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
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Who may vouch for Redis.
 *
 * @param file certificates in PEM; empty for those that Java trusts
 */
public record TrustedAuthorities(Optional<Path> file) {
  /**
   * Makes sockets that trust them. The file is read now; another one is read at the next start.
   *
   * @throws IllegalArgumentException when the file holds no certificates
   */
  SSLSocketFactory sockets() {
    return file.isEmpty() ? (SSLSocketFactory) SSLSocketFactory.getDefault() : sockets(file.get());
  }

  private static SSLSocketFactory sockets(Path file) {
    try (InputStream pem = Files.newInputStream(file)) {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(keys(CertificateFactory.getInstance("X.509").generateCertificates(pem)));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
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
    KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
    keys.load(null, null);
    int number = 0;
    for (Certificate certificate : certificates) {
      keys.setCertificateEntry("authority-" + number++, certificate);
    }
    return keys;
  }
}
