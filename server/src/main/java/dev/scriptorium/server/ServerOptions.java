package dev.scriptorium.server;

import dev.scriptorium.server.ServerConfig.DatabaseSource;
import dev.scriptorium.server.ServerConfig.RedisSource;
import dev.scriptorium.server.ServerConfig.Tls;
import dev.scriptorium.server.database.Login;
import dev.scriptorium.server.database.Logins;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line's options, as picocli fills them in; {@link #config} checks them together. */
final class ServerOptions {
  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:7440",
      description = "Address to listen on; port 0 for any. Default: ${DEFAULT-VALUE}.")
  private ListenAddress listen = new ListenAddress("127.0.0.1", 7440);

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Keys, books and the embedded database. Default: /var/lib/scriptorium for root,"
              + " else ~/.local/share/scriptorium.")
  private @Nullable Path dataDir;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "Name of this server among several, never shared and kept over restarts."
              + " Default: made up once and kept in the data directory.")
  private @Nullable String name;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      defaultValue = "${env:SCRIPTORIUM_DATABASE_URL}",
      description =
          "Postgres 15 or newer instead of the embedded one:"
              + " jdbc:postgresql://host:port/name?user=U&password=P, a role that may create roles"
              + " and schemas. Also SCRIPTORIUM_DATABASE_URL, which others cannot read.")
  private @Nullable String databaseUrl;

  @Option(
      names = "--database-api-url",
      paramLabel = "URL",
      defaultValue = "${env:SCRIPTORIUM_DATABASE_API_URL}",
      description =
          "Login of scriptorium_api, when the roles exist; then --database-url is that of"
              + " scriptorium_owner. Also SCRIPTORIUM_DATABASE_API_URL.")
  private @Nullable String databaseApiUrl;

  @Option(
      names = "--database-scheduler-url",
      paramLabel = "URL",
      defaultValue = "${env:SCRIPTORIUM_DATABASE_SCHEDULER_URL}",
      description =
          "Login of scriptorium_scheduler, when the roles exist."
              + " Also SCRIPTORIUM_DATABASE_SCHEDULER_URL.")
  private @Nullable String databaseSchedulerUrl;

  @Option(
      names = "--redis-url",
      paramLabel = "URL",
      defaultValue = "${env:SCRIPTORIUM_REDIS_URL}",
      description =
          "redis://[:password@]host[:port] instead of the embedded one, rediss:// over TLS, or"
              + " none. Also SCRIPTORIUM_REDIS_URL.")
  private @Nullable String redisUrl;

  @Mixin private final TrustOptions trust = new TrustOptions();

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Certificate chain in PEM; with --tls-key.")
  private @Nullable Path tlsCertificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "Private key in PEM (PKCS #8); with --tls-cert.")
  private @Nullable Path tlsKey;

  @Option(
      names = "--insecure",
      description = "Allow plaintext on an address that other machines can reach.")
  private boolean insecure;

  @Option(names = "--reflection", description = "Serve gRPC reflection also off loopback.")
  private boolean reflection;

  @Option(
      names = "--scaler",
      description =
          "Answer KEDA's external scaler, which sends no key, also off loopback: where a network"
              + " policy keeps strangers away.")
  private boolean scaler;

  @Option(
      names = "--max-upload",
      paramLabel = "SIZE",
      defaultValue = "512MB",
      description = "Largest book file. Default: ${DEFAULT-VALUE}.")
  private ByteSize maxUpload = new ByteSize(0);

  @Option(
      names = "--free-space-floor",
      paramLabel = "SIZE",
      defaultValue = "512MB",
      description = "Space that stays free: below it nothing is stored. Default: ${DEFAULT-VALUE}.")
  private ByteSize freeSpaceFloor = new ByteSize(0);

  @Mixin private final GuardOptions guard = new GuardOptions();

  @Option(
      names = "--keep-jobs",
      paramLabel = "DAYS",
      defaultValue = "30",
      description =
          "Days for which ended jobs and what became of them are kept. Default: ${DEFAULT-VALUE}.")
  private int keepJobs;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "Time for requests under way at a shutdown. Default: ${DEFAULT-VALUE}.")
  private Duration grace = Duration.ZERO;

  /**
   * The settings, checked.
   *
   * @throws IllegalArgumentException with one line that says which option is wrong
   */
  ServerConfig config() {
    Optional<Tls> tls = tls();
    refusePlaintext(tls);
    return new ServerConfig(
        Optional.ofNullable(name).map(ServerName::check),
        listen,
        dataDir == null ? defaultDataDir() : dataDir,
        database(),
        redis(),
        tls,
        maxUpload,
        freeSpaceFloor,
        guard.guard(loopback()),
        Duration.ofDays(keepJobs),
        grace,
        reflection,
        scaler || loopback());
  }

  private DatabaseSource database() {
    if (databaseUrl == null) {
      if (databaseApiUrl != null || databaseSchedulerUrl != null) {
        throw new IllegalArgumentException("--database-url is missing: the login of the owner");
      }
      trust.refuseForEmbeddedDatabase();
      return new DatabaseSource.Embedded();
    }
    Login login = trust.login(databaseUrl);
    if (databaseApiUrl == null && databaseSchedulerUrl == null) {
      return new DatabaseSource.Privileged(login);
    }
    if (databaseApiUrl == null || databaseSchedulerUrl == null) {
      throw new IllegalArgumentException(
          "--database-api-url and --database-scheduler-url belong together");
    }
    return new DatabaseSource.Prepared(
        new Logins(login, trust.login(databaseApiUrl), trust.login(databaseSchedulerUrl)));
  }

  private RedisSource redis() {
    if (redisUrl == null || redisUrl.equals("none")) {
      trust.refuseForOwnRedis();
      return redisUrl == null ? new RedisSource.Embedded() : new RedisSource.None();
    }
    return new RedisSource.External(trust.redis(redisUrl));
  }

  private Optional<Tls> tls() {
    if (tlsCertificate == null && tlsKey == null) {
      return Optional.empty();
    }
    if (tlsCertificate == null || tlsKey == null) {
      throw new IllegalArgumentException("--tls-cert and --tls-key belong together");
    }
    return Optional.of(new Tls(tlsCertificate, tlsKey));
  }

  private void refusePlaintext(Optional<Tls> tls) {
    if (tls.isEmpty() && !insecure && !loopback()) {
      throw new IllegalArgumentException(
          "other machines can reach " + listen + ": use --tls-cert and --tls-key, or --insecure");
    }
  }

  private boolean loopback() {
    try {
      return listen.loopback();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("unknown host " + listen.host(), e);
    }
  }

  private static Path defaultDataDir() {
    return "root".equals(System.getProperty("user.name"))
        ? Path.of("/var/lib/scriptorium")
        : Path.of(System.getProperty("user.home"), ".local", "share", "scriptorium");
  }
}
