package dev.scriptorium.cli;

import com.google.protobuf.Timestamp;
import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.CreateKeyRequest;
import dev.scriptorium.v1.CreateKeyResponse;
import dev.scriptorium.v1.Key;
import dev.scriptorium.v1.Preset;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists API keys; its subcommands make and end them. */
@Command(
    name = "keys",
    description = "Shows the API keys of a user, without their secrets, or makes and ends them.",
    customSynopsis = {
      "scriptorium keys [--user USER] [OPTIONS]",
      "       scriptorium keys create|revoke [OPTIONS]"
    },
    footer = {
      "",
      "  scriptorium keys create \"my tablet\" --for reading --expires 90d",
      "  scriptorium keys revoke A1b2C3d4"
    })
final class KeysCommand extends Subcommand {
  @Option(
      names = "--user",
      paramLabel = "USER",
      description = "Whose: name, address, users/ID, or me (default).")
  private String user = "me";

  private KeysCommand(Shell shell) {
    super(shell);
  }

  static CommandLine tree(Shell shell) {
    KeysCommand keys = new KeysCommand(shell);
    return new CommandLine(keys)
        .addSubcommand(new Create(shell, InstantSource.system(), keys.common()))
        .addSubcommand(new Revoke(shell, keys.common()));
  }

  @Override
  int act(ScriptoriumClient client) {
    String owner = new UserFinder(client.identity()).nameOf(user);
    List<Key> keys = client.identity().keys(owner).toList();
    if (json()) {
      keys.forEach(this::printJson);
      return 0;
    }
    Table table = new Table("KEY", "*FOR", "ROLE", "MADE", "ENDS", "ENDED");
    keys.forEach(
        key ->
            table.row(
                id(key),
                key.getLabel(),
                Words.of(key.getRole()),
                Words.time(key.getCreateTime(), shell().zone()),
                key.hasExpireTime() ? Words.time(key.getExpireTime(), shell().zone()) : "never",
                key.hasRevokeTime() ? Words.time(key.getRevokeTime(), shell().zone()) : ""));
    print(table);
    return 0;
  }

  private static String id(Key key) {
    return key.getName().substring("keys/".length());
  }

  /** What a key is for. */
  enum Use {
    READING(Preset.PRESET_READING),
    LIBRARY(Preset.PRESET_LIBRARY),
    OPERATION(Preset.PRESET_OPERATION),
    WORK(Preset.PRESET_WORK);

    private final Preset preset;

    Use(Preset preset) {
      this.preset = preset;
    }
  }

  /** Makes a key. */
  @Command(
      name = "create",
      description = "Makes a key and prints it, this once: it is not kept anywhere.")
  static final class Create extends Subcommand {
    private final InstantSource clock;

    @Parameters(paramLabel = "LABEL", description = "What it is for, in your words.")
    private String label = "";

    @Option(
        names = "--user",
        paramLabel = "USER",
        description = "Whose: name, address, users/ID, or me (default).")
    private String user = "me";

    @Option(
        names = "--for",
        paramLabel = "USE",
        defaultValue = "READING",
        description =
            "${COMPLETION-CANDIDATES}: what the key may do, and when it ends: a year, a year,"
                + " 90 days, never. Default: ${DEFAULT-VALUE}.")
    private Use use = Use.READING;

    @Option(
        names = "--expires",
        paramLabel = "TIME",
        converter = Amounts.Span.class,
        description = "Another end, counted from now, for example 12h or 30d.")
    private @Nullable Duration expires;

    Create(Shell shell, InstantSource clock, Common keys) {
      super(shell, keys);
      this.clock = clock;
    }

    @Override
    int act(ScriptoriumClient client) {
      CreateKeyRequest.Builder request =
          CreateKeyRequest.newBuilder()
              .setParent(new UserFinder(client.identity()).nameOf(user))
              .setLabel(label)
              .setPreset(use.preset);
      if (expires != null) {
        Instant end = clock.instant().plus(expires);
        request.setExpireTime(Timestamp.newBuilder().setSeconds(end.getEpochSecond()));
      }
      CreateKeyResponse made = client.identity().createKey(request.build());
      if (json()) {
        printJson(made);
        return 0;
      }
      // The key alone, so that it can be put into a file as it is.
      print(made.getSecret());
      Key key = made.getKey();
      shell()
          .err()
          .println(
              "key "
                  + id(key)
                  + ", "
                  + Words.of(key.getRole())
                  + (key.hasExpireTime()
                      ? ", until " + Words.time(key.getExpireTime(), shell().zone())
                      : ", without an end")
                  + "; it is not shown again");
      return 0;
    }
  }

  /** Ends keys. */
  @Command(name = "revoke", description = "Ends keys or login tokens, for good.")
  static final class Revoke extends Subcommand {
    @Parameters(arity = "1..*", paramLabel = "KEY", description = "As 'scriptorium keys' shows it.")
    private List<String> wanted = List.of();

    Revoke(Shell shell, Common keys) {
      super(shell, keys);
    }

    @Override
    int act(ScriptoriumClient client) {
      for (String name : wanted) {
        Key key = client.identity().revokeKey(name.startsWith("keys/") ? name : "keys/" + name);
        if (json()) {
          printJson(key);
        } else {
          print("ended " + id(key) + "  " + Cells.clean(key.getLabel()));
        }
      }
      return 0;
    }
  }
}
