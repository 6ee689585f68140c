package dev.scriptorium.cli;

import com.google.protobuf.Message;
import dev.scriptorium.client.ScriptoriumClient;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command below another one: takes over the connection that was named before its own name. */
abstract class Subcommand implements Callable<Integer> {
  private final Shell shell;
  private final List<Common> above;
  @Mixin private final Common common = new Common();

  /**
   * @param above options of the commands it stands below, the nearest first
   */
  Subcommand(Shell shell, Common... above) {
    this.shell = shell;
    this.above = List.of(above);
  }

  /** Works, and gives the exit code. */
  abstract int act(ScriptoriumClient client);

  /** Looks at what was given before anything is sent; throws what is to be said of it. */
  void check() {}

  @Override
  public final Integer call() {
    above.forEach(common::inherit);
    check();
    try (ScriptoriumClient client = common.connect(shell)) {
      return act(client);
    }
  }

  final Shell shell() {
    return shell;
  }

  final Common common() {
    return common;
  }

  final boolean json() {
    return common.json();
  }

  final void print(String line) {
    shell.out().println(line);
  }

  final void printJson(Message message) {
    shell.out().println(ProtoJson.line(ProtoJson.of(message)));
  }

  final void print(Table table) {
    if (!table.isEmpty()) {
      table.print(shell.out(), shell.terminal());
    }
  }
}
