package dev.scriptorium.cli;

import dev.scriptorium.client.ClientOptions;
import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.client.ServerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Options that every command has: which server, which key, which form of output. */
final class Common {
  @Option(names = "--json", description = "Print JSON: one object a line, for programs.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @ArgGroup(validate = false, heading = "%nConnection:%n")
  private Connection connection = new Connection();

  /** Takes over what was given before a subcommand's name and not again behind it. */
  void inherit(Common parent) {
    json |= parent.json;
    connection.inherit(parent.connection);
  }

  boolean json() {
    return json;
  }

  /** Opens a connection for a command; nothing is sent yet. */
  ScriptoriumClient connect(Shell shell) {
    Settings settings = Settings.of(shell);
    ServerAddress address = address(shell, settings);
    String key = key(shell, settings, address).orElseThrow(() -> noKey(shell, address));
    return ScriptoriumClient.connect(options(address, key, settings));
  }

  ClientOptions options(ServerAddress address, String key, Settings settings) {
    ClientOptions options = ClientOptions.of(address, key);
    Optional<Path> trusted =
        Optional.ofNullable(connection.authorities)
            .or(() -> settings.authorities(address.toString()).map(Path::of));
    return trusted.map(options::withTls).orElse(options);
  }

  ServerAddress address(Shell shell, Settings settings) {
    String text =
        Optional.ofNullable(connection.server)
            .or(() -> nonEmpty(shell.variable("SCRIPTORIUM_SERVER")))
            .or(settings::server)
            .orElse("127.0.0.1:" + ServerAddress.DEFAULT_PORT);
    return ServerAddress.parse(text);
  }

  /** The key that was given for this call, or the one that is remembered for this server. */
  Optional<String> key(Shell shell, Settings settings, ServerAddress address) {
    return givenKey(shell).or(() -> settings.key(address.toString()));
  }

  /** The key that was given for this call, without the remembered one. */
  Optional<String> givenKey(Shell shell) {
    return Optional.ofNullable(connection.keyFile)
        .or(() -> nonEmpty(shell.variable("SCRIPTORIUM_KEY_FILE")).map(Path::of))
        .map(Common::readKey)
        .or(() -> nonEmpty(shell.variable("SCRIPTORIUM_KEY")));
  }

  Optional<Path> authorities() {
    return Optional.ofNullable(connection.authorities);
  }

  private static String readKey(Path file) {
    try {
      return Files.readString(file).trim();
    } catch (IOException e) {
      String cause = Files.exists(file) ? "cannot be read by this user" : "does not exist";
      throw new CliException(4, "the key file " + file + " " + cause);
    }
  }

  private static CliException noKey(Shell shell, ServerAddress address) {
    String advice =
        localKey(shell)
            .filter(file -> address.isLoopback())
            .map(file -> "try --key-file " + file)
            .orElse("give one with --key-file FILE, or once with 'scriptorium login'");
    return new CliException(4, "no API key for " + address + "; " + advice);
  }

  /** The operator's key of a server of this machine and user. */
  private static Optional<Path> localKey(Shell shell) {
    return List.of(
            shell.home().resolve(".local/share/scriptorium/keys/operator.key"),
            Path.of("/var/lib/scriptorium/keys/operator.key"))
        .stream()
        .filter(Files::isReadable)
        .findFirst();
  }

  private static Optional<String> nonEmpty(String text) {
    return Optional.of(text).filter(value -> !value.isEmpty());
  }

  /** Which server, and with which key. */
  private static final class Connection {
    @Option(
        names = "--server",
        paramLabel = "HOST:PORT",
        description =
            "Server to ask. Otherwise SCRIPTORIUM_SERVER, the last login, or 127.0.0.1:7440.")
    private @Nullable String server;

    @Option(
        names = "--key-file",
        paramLabel = "FILE",
        description =
            "File with the API key. Otherwise SCRIPTORIUM_KEY_FILE, SCRIPTORIUM_KEY, or the login.")
    private @Nullable Path keyFile;

    @Option(
        names = "--ca-file",
        paramLabel = "FILE",
        description =
            "Certificates (PEM) to trust. Switches TLS on, which is always on off loopback.")
    private @Nullable Path authorities;

    void inherit(Connection parent) {
      server = server == null ? parent.server : server;
      keyFile = keyFile == null ? parent.keyFile : keyFile;
      authorities = authorities == null ? parent.authorities : authorities;
    }
  }
}
