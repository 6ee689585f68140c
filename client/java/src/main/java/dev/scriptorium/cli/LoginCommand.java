package dev.scriptorium.cli;

import com.google.gson.JsonObject;
import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.client.ServerAddress;
import dev.scriptorium.v1.SystemInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks a key and remembers it. */
@Command(
    name = "login",
    description = {
      "Checks an API key with the server and remembers both for the next commands.",
      "The key comes from --key-file, SCRIPTORIUM_KEY_FILE, SCRIPTORIUM_KEY, or standard input."
    })
final class LoginCommand implements Callable<Integer> {
  private final Shell shell;
  @Mixin private final Common common = new Common();

  LoginCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Settings settings = Settings.of(shell);
    ServerAddress address = common.address(shell, settings);
    String key = common.givenKey(shell).orElseGet(this::askForKey);
    SystemInfo info;
    try (var client = ScriptoriumClient.connect(common.options(address, key, settings))) {
      info = client.systemInfo();
    }
    Optional<String> authorities =
        common
            .authorities()
            .map(file -> file.toAbsolutePath().toString())
            .or(() -> settings.authorities(address.toString()));
    settings.remember(address.toString(), key, authorities);
    report(address, info, settings);
    return 0;
  }

  private String askForKey() {
    if (shell.terminal().err()) {
      shell.err().print("API key: ");
      shell.err().flush();
    }
    String key = readLine();
    if (key.isEmpty()) {
      throw new CliException(
          2, "no API key given; use --key-file FILE or write it to standard input");
    }
    return key;
  }

  private String readLine() {
    try {
      StringBuilder line = new StringBuilder();
      for (int next = shell.in().read(); next >= 0 && next != '\n'; next = shell.in().read()) {
        line.append((char) next);
      }
      byte[] bytes = line.toString().getBytes(StandardCharsets.ISO_8859_1);
      return new String(bytes, StandardCharsets.UTF_8).trim();
    } catch (IOException e) {
      throw new UncheckedIOException("standard input cannot be read", e);
    }
  }

  private void report(ServerAddress address, SystemInfo info, Settings settings) {
    if (common.json()) {
      JsonObject json = new JsonObject();
      json.addProperty("server", address.toString());
      json.addProperty("caller", info.getCaller());
      json.addProperty("version", info.getVersion());
      json.addProperty("file", settings.file().toString());
      shell.out().println(ProtoJson.line(json));
      return;
    }
    shell
        .out()
        .println(
            "Logged in to "
                + address
                + " (Scriptorium "
                + Cells.clean(info.getVersion())
                + ") as "
                + Cells.clean(info.getCaller())
                + ".");
    shell.err().println("Remembered in " + settings.file() + ".");
  }
}
