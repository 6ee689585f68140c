package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.User;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Lists users; its subcommands change them. */
@Command(
    name = "users",
    description = "Shows the users, or changes them. For operators, but for one's own password.",
    customSynopsis = {
      "scriptorium users [OPTIONS]",
      "       scriptorium users create|update|password|export|delete [OPTIONS] USER"
    },
    footer = {
      "",
      "A USER is a display name, an e-mail address, users/ID, or me.",
      "",
      "  scriptorium users create Mary --email mary@example.org --role reader --password",
      "  scriptorium keys create \"her tablet\" --user Mary"
    })
final class UsersCommand extends Subcommand {
  private UsersCommand(Shell shell) {
    super(shell);
  }

  static CommandLine tree(Shell shell) {
    UsersCommand users = new UsersCommand(shell);
    return new CommandLine(users)
        .addSubcommand(new UserChanges.Create(shell, users.common()))
        .addSubcommand(new UserChanges.Update(shell, users.common()))
        .addSubcommand(new UserActions.Password(shell, users.common()))
        .addSubcommand(new UserActions.Export(shell, users.common()))
        .addSubcommand(new UserActions.Delete(shell, users.common()));
  }

  @Override
  int act(ScriptoriumClient client) {
    List<User> users = client.identity().users().toList();
    if (json()) {
      users.forEach(this::printJson);
      return 0;
    }
    Table table = new Table("*USER", "*EMAIL", "ROLE", "STATE", ">BOOKS", ">BYTES", "-SINCE");
    users.forEach(
        user ->
            table.row(
                user.getDisplayName(),
                user.getEmail(),
                Words.of(user.getRole()),
                user.getDisabled() ? "disabled" : user.getHasPassword() ? "password" : "keys",
                user.hasMaxBooks() ? "max " + Words.count(user.getMaxBooks()) : "",
                user.hasMaxBytes() ? "max " + Words.size(user.getMaxBytes()) : "",
                Words.time(user.getCreateTime(), shell().zone())));
    print(table);
    return 0;
  }
}
