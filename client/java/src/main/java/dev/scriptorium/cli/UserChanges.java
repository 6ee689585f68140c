package dev.scriptorium.cli;

import com.google.protobuf.FieldMask;
import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Role;
import dev.scriptorium.v1.User;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes and changes users. */
final class UserChanges {
  private UserChanges() {}

  /** What a user may be. */
  enum UserRole {
    READER(Role.ROLE_READER),
    LIBRARIAN(Role.ROLE_LIBRARIAN),
    OPERATOR(Role.ROLE_OPERATOR);

    private final Role role;

    UserRole(Role role) {
      this.role = role;
    }
  }

  /** Fields that both commands set. */
  static final class Fields {
    @Option(
        names = "--email",
        paramLabel = "ADDRESS",
        description = "For logins with a password; any case. Empty for none.")
    private @Nullable String email;

    @Option(
        names = "--role",
        paramLabel = "ROLE",
        description = "The most that the user's keys may do: ${COMPLETION-CANDIDATES}.")
    private @Nullable UserRole role;

    @Option(
        names = "--max-books",
        paramLabel = "N",
        description = "Most books that the user may keep; -1 for no limit.")
    private @Nullable Long maxBooks;

    @Option(
        names = "--max-bytes",
        paramLabel = "SIZE",
        converter = Amounts.Size.class,
        description = "Most bytes of the user's files, for example 10g.")
    private @Nullable Long maxBytes;

    /** Writes what was given into a user and a mask. */
    void fill(User.Builder user, FieldMask.Builder mask) {
      if (email != null) {
        user.setEmail(email);
        mask.addPaths("email");
      }
      if (role != null) {
        user.setRole(role.role);
        mask.addPaths("role");
      }
      if (maxBooks != null) {
        mask.addPaths("max_books");
        if (maxBooks >= 0) {
          user.setMaxBooks(maxBooks);
        }
      }
      if (maxBytes != null) {
        mask.addPaths("max_bytes");
        user.setMaxBytes(maxBytes);
      }
    }
  }

  /** Makes a user. */
  @Command(name = "create", description = "Makes a user, a reader unless it is said otherwise.")
  static final class Create extends Subcommand {
    @Parameters(paramLabel = "NAME", description = "Display name, unique.")
    private String name = "";

    @Mixin private final Fields fields = new Fields();

    @Option(
        names = "--password",
        description = "Ask for a password, or read it from the first line of what is piped.")
    private boolean password;

    Create(Shell shell, Common users) {
      super(shell, users);
    }

    @Override
    int act(ScriptoriumClient client) {
      User.Builder user = User.newBuilder().setDisplayName(name);
      fields.fill(user, FieldMask.newBuilder());
      String secret = password ? PasswordInput.read(shell(), "Password of " + name) : "";
      report(this, "created", client.identity().createUser(user.build(), secret));
      return 0;
    }
  }

  /** Changes a user. */
  @Command(
      name = "update",
      description = "Changes a user. Takes effect on every server within a minute.")
  static final class Update extends Subcommand {
    @Parameters(paramLabel = "USER", description = "Name, address, users/ID, or me.")
    private String wanted = "";

    @Option(names = "--name", paramLabel = "NAME", description = "Another display name.")
    private @Nullable String name;

    @Mixin private final Fields fields = new Fields();

    @Option(names = "--disable", description = "Let no key and no password of the user work.")
    private boolean disable;

    @Option(names = "--enable", description = "Let them work again.")
    private boolean enable;

    Update(Shell shell, Common users) {
      super(shell, users);
    }

    @Override
    void check() {
      if (disable && enable) {
        throw new CliException(2, "--disable and --enable exclude each other");
      }
    }

    @Override
    int act(ScriptoriumClient client) {
      User.Builder user = User.newBuilder();
      FieldMask.Builder mask = FieldMask.newBuilder();
      fields.fill(user, mask);
      if (name != null) {
        user.setDisplayName(name);
        mask.addPaths("display_name");
      }
      if (disable || enable) {
        user.setDisabled(disable);
        mask.addPaths("disabled");
      }
      if (mask.getPathsCount() == 0) {
        throw new CliException(2, "nothing to change; see 'scriptorium users update --help'");
      }
      user.setName(new UserFinder(client.identity()).nameOf(wanted));
      report(this, "changed", client.identity().updateUser(user.build(), mask.build()));
      return 0;
    }
  }

  private static void report(Subcommand command, String what, User user) {
    if (command.json()) {
      command.printJson(user);
      return;
    }
    command.print(
        "%s %s  %s, %s%s"
            .formatted(
                what,
                user.getName(),
                Cells.clean(user.getDisplayName()),
                Words.of(user.getRole()),
                user.getDisabled() ? ", disabled" : ""));
  }
}
