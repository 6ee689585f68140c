package dev.scriptorium.server;

import dev.scriptorium.server.ServerConfig.Tls;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.util.AdvancedTlsX509KeyManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificate and key, read again when their files have changed, so that a renewed certificate
 * needs no restart. Connections that are open keep the one they began with.
 */
final class TlsFiles {
  private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);

  private final Tls files;
  private final AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
  private List<FileTime> seen;

  /**
   * Reads both files.
   *
   * @throws StartException when they cannot be used
   */
  TlsFiles(Tls files) throws StartException {
    this.files = files;
    try {
      this.seen = times();
      read();
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new StartException(
          ExitCode.USAGE, "certificate or key cannot be used: " + e.getMessage(), e);
    }
  }

  /** What a listener shows. */
  ServerCredentials credentials() {
    return TlsServerCredentials.newBuilder().keyManager(keys).build();
  }

  /** Looks at the files again and again. */
  void watch(ScheduledExecutorService timer, long everyMillis) {
    var _ =
        timer.scheduleWithFixedDelay(this::look, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
  }

  /** Reads the files again when they have changed. */
  // They are replaced one after the other: what does not fit yet is tried again.
  void look() {
    try {
      List<FileTime> now = times();
      if (!now.equals(seen)) {
        read();
        seen = now;
        LOG.info("new certificate from {}", files.certificate());
      }
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      LOG.warn("the certificate stays as it was: {}", e.getMessage());
    }
  }

  private void read() throws IOException, GeneralSecurityException {
    keys.updateIdentityCredentials(files.certificate().toFile(), files.key().toFile());
  }

  private List<FileTime> times() throws IOException {
    return List.of(
        Files.getLastModifiedTime(files.certificate()), Files.getLastModifiedTime(files.key()));
  }
}
