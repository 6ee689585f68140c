package dev.scriptorium.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * What {@code login} remembers, in {@code ~/.config/scriptorium/config.json}: the server to use and
 * for every server its key, so that a key is never sent to another server.
 */
final class Settings {
  private final Path file;
  private final JsonObject json;

  private Settings(Path file, JsonObject json) {
    this.file = file;
    this.json = json;
  }

  /** Reads the user's file; without one, nothing is remembered. */
  static Settings of(Shell shell) {
    String config = shell.variable("XDG_CONFIG_HOME");
    Path folder = config.isEmpty() ? shell.home().resolve(".config") : Path.of(config);
    Path file = folder.resolve("scriptorium").resolve("config.json");
    return new Settings(file, read(file));
  }

  private static JsonObject read(Path file) {
    try {
      return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    } catch (NoSuchFileException e) {
      return new JsonObject();
    } catch (IOException | JsonParseException | IllegalStateException e) {
      throw new CliException(
          2, file + " cannot be read: " + e.getMessage() + "; run 'scriptorium login' again");
    }
  }

  Path file() {
    return file;
  }

  /** The server that was logged in to last. */
  Optional<String> server() {
    return text(json, "server");
  }

  /** The key for a server. */
  Optional<String> key(String server) {
    return login(server).flatMap(login -> text(login, "key"));
  }

  /** The file of certificates for a server. */
  Optional<String> authorities(String server) {
    return login(server).flatMap(login -> text(login, "ca_file"));
  }

  private Optional<JsonObject> login(String server) {
    return json.has("logins") && json.getAsJsonObject("logins").has(server)
        ? Optional.of(json.getAsJsonObject("logins").getAsJsonObject(server))
        : Optional.empty();
  }

  private static Optional<String> text(JsonObject object, String field) {
    return object.has(field) ? Optional.of(object.get(field).getAsString()) : Optional.empty();
  }

  /** Remembers a server and its key, readable by the user alone. */
  void remember(String server, String key, Optional<String> authorities) {
    JsonObject login = new JsonObject();
    login.addProperty("key", key);
    authorities.ifPresent(path -> login.addProperty("ca_file", path));
    if (!json.has("logins")) {
      json.add("logins", new JsonObject());
    }
    json.getAsJsonObject("logins").add(server, login);
    json.addProperty("server", server);
    try {
      write();
    } catch (IOException e) {
      throw new CliException(1, file + " cannot be written: " + e.getMessage());
    }
  }

  private void write() throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    // Made with its mode, then moved: nobody sees the key, and nobody sees half a file.
    Path temporary =
        Files.createTempFile(
            folder,
            "config",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        temporary, new GsonBuilder().setPrettyPrinting().create().toJson(json) + "\n");
    Files.move(
        temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
