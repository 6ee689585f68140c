package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What else can be done with a user. */
final class UserActions {
  private UserActions() {}

  /** Sets a password. */
  @Command(
      name = "password",
      description =
          "Sets a password, asked for or read from the first line of what is piped. With --old the"
              + " one until now is read before it, which others than operators have to give.")
  static final class Password extends Subcommand {
    @Parameters(
        arity = "0..1",
        paramLabel = "USER",
        defaultValue = "me",
        description = "Name, address, users/ID, or me (default).")
    private String wanted = "me";

    @Option(names = "--old", description = "Read the old password first.")
    private boolean old;

    @Option(names = "--remove", description = "Take the password away.")
    private boolean remove;

    Password(Shell shell, Common users) {
      super(shell, users);
    }

    @Override
    int act(ScriptoriumClient client) {
      String before = old ? PasswordInput.read(shell(), "Old password") : "";
      String password = remove ? "" : PasswordInput.read(shell(), "New password");
      if (password.isEmpty() && !remove) {
        throw new CliException(2, "no password given; --remove takes it away");
      }
      String user = new UserFinder(client.identity()).nameOf(wanted);
      client.identity().setPassword(user, password, before);
      if (!json()) {
        print(remove ? "the password is gone" : "the password is set");
      }
      return 0;
    }
  }

  /** Writes all data of a user. */
  @Command(
      name = "export",
      description =
          "Writes all that is kept of a user, a JSON object a line: books, progress, keys without"
              + " their secrets. Book files are not in it.")
  static final class Export extends Subcommand {
    @Parameters(
        arity = "0..1",
        paramLabel = "USER",
        defaultValue = "me",
        description = "Name, address, users/ID, or me (default).")
    private String wanted = "me";

    @Option(
        names = {"-o", "--out"},
        paramLabel = "FILE",
        description = "File to write, which must not exist. Default: standard output.")
    private @Nullable Path file;

    Export(Shell shell, Common users) {
      super(shell, users);
    }

    @Override
    int act(ScriptoriumClient client) {
      String user = new UserFinder(client.identity()).nameOf(wanted);
      if (file == null) {
        client.identity().exportUser(user, this::print);
        return 0;
      }
      write(client, user, file);
      return 0;
    }

    private void write(ScriptoriumClient client, String user, Path target) {
      AtomicLong lines = new AtomicLong();
      try (PrintWriter out =
          new PrintWriter(
              Files.newBufferedWriter(
                  target,
                  StandardCharsets.UTF_8,
                  StandardOpenOption.CREATE_NEW,
                  StandardOpenOption.WRITE))) {
        client
            .identity()
            .exportUser(
                user,
                line -> {
                  out.println(line);
                  lines.incrementAndGet();
                });
        if (out.checkError()) {
          throw new IOException("the disk may be full");
        }
      } catch (IOException e) {
        throw new CliException(2, target + " cannot be written: " + e.getMessage());
      }
      print("wrote " + Words.count(lines.get(), "row") + " to " + target);
    }
  }

  /** Deletes a user. */
  @Command(
      name = "delete",
      description = "Deletes a user with all books and data, for good. Needs --yes.")
  static final class Delete extends Subcommand {
    @Parameters(paramLabel = "USER", description = "Name, address, or users/ID.")
    private String wanted = "";

    @Option(names = "--yes", description = "It is meant: without it nothing is deleted.")
    private boolean yes;

    Delete(Shell shell, Common users) {
      super(shell, users);
    }

    @Override
    void check() {
      if (!yes) {
        throw new CliException(2, "this deletes a user with all books, for good; say --yes");
      }
    }

    @Override
    int act(ScriptoriumClient client) {
      String user = new UserFinder(client.identity()).nameOf(wanted);
      long books = client.identity().deleteUser(user);
      if (!json()) {
        print("deleted " + user + " with " + Words.count(books, "book"));
      }
      return 0;
    }
  }
}
