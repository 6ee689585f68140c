package dev.scriptorium.loadtest.abuse;

import com.google.common.util.concurrent.ListenableFuture;
import dev.scriptorium.loadtest.load.OpenLoop;
import dev.scriptorium.loadtest.load.Times;
import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Table;
import dev.scriptorium.loadtest.report.Verdicts;
import dev.scriptorium.loadtest.system.Api;
import dev.scriptorium.loadtest.system.LoneServer;
import dev.scriptorium.loadtest.system.SecondUser;
import dev.scriptorium.loadtest.system.SystemProcess;
import dev.scriptorium.v1.GetBookRequest;
import dev.scriptorium.v1.ListBooksRequest;
import dev.scriptorium.v1.Preset;
import dev.scriptorium.v1.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what readers notice of hostile clients, and what these cost the server. */
@Command(
    name = "abuse",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a server with its database, on which readers call at a fixed rate. A hostile client",
      "with a librarian's key, in a process of low priority, does one bad thing after the other.",
      "Compared are the readers' times while it does and just before. Exit code 1 when a goal is",
      "missed. Some five minutes."
    })
public final class AbuseCommand implements Callable<Integer> {
  private static final double MOST_TIMES_SLOWER = 2;
  private static final int MOST_MIB = 512;
  private static final int HEAD_START_SECONDS = 8;

  /** Before it the server's compilers still take a good part of the processors. */
  private static final int WARM_UP_SECONDS = 60;

  @Option(names = "--rate", description = "Readers' calls a second (default: ${DEFAULT-VALUE}).")
  private int rate = 200;

  @Option(
      names = "--seconds",
      description = "Of each attack, and of the calm before it (default: ${DEFAULT-VALUE}).")
  private int seconds = 10;

  @Option(
      names = "--attack",
      split = ",",
      description = "Only these of ${COMPLETION-CANDIDATES} (default: all).")
  private List<Attack> attacks = List.of(Attack.values());

  @Option(names = "--report", description = "Also write the figures to this HTML file.")
  private @Nullable Path report;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    Report page =
        Report.titled("Abuse")
            .condition(
                "processors, attacker and readers included",
                Runtime.getRuntime().availableProcessors())
            .condition("readers' calls a second, in open loop", rate);
    Verdicts verdicts = new Verdicts();
    Table table =
        Table.of(
            "Readers' calls, ms",
            "while a client makes",
            "p50",
            "p99",
            "p99 before",
            "failed",
            "server, MiB",
            "the attacker's calls");
    try (LoneServer server = LoneServer.start("256m");
        Api operator = server.api()) {
      Path key =
          Files.writeString(
              server.folder().resolve("attacker.key"),
              SecondUser.create(operator, Role.ROLE_LIBRARIAN, Preset.PRESET_LIBRARY));
      OpenLoop readers = readers(server, operator);
      var _ = readers.run(0, Duration.ofSeconds(WARM_UP_SECONDS));
      for (Attack attack : attacks) {
        out.println(attack.description());
        attack(attack, server, key, readers, table, verdicts);
      }
    }
    page.table(table).table(verdicts.table());
    page.print(out);
    if (report != null) {
      page.write(report);
    }
    return verdicts.met() ? 0 : 1;
  }

  private void attack(
      Attack attack, LoneServer server, Path key, OpenLoop readers, Table table, Verdicts verdicts)
      throws IOException, InterruptedException {
    Duration span = Duration.ofSeconds(seconds);
    Times before = readers.run(0, span);
    try (SystemProcess attacker = start(attack, server, key)) {
      // Until its own start, and what the server compiles for it, no longer take the processors.
      Thread.sleep(Duration.ofSeconds(HEAD_START_SECONDS));
      Times during = readers.run(0, span);
      long mib = SystemProcess.residentBytes(server.process().pid()) >> 20;
      int code = attacker.awaitExit();
      table.row(
          attack.description(),
          during.millis(0.5),
          during.millis(0.99),
          before.millis(0.99),
          during.failed(),
          mib,
          attacker.log().lines().reduce("", (_, last) -> last));
      String name = attack.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      verdicts.atMost(
          "p99 during " + name + ", to before",
          MOST_TIMES_SLOWER,
          during.millis(0.99) / before.millis(0.99));
      verdicts.atMost("readers' calls failed during " + name, 0, during.failed());
      verdicts.atMost("server resident during " + name + ", MiB", MOST_MIB, (double) mib);
      verdicts.atMost("exit code of the attacker", 0, code);
    }
  }

  // A real attacker has processors of its own, and takes none from the readers.
  private SystemProcess start(Attack attack, LoneServer server, Path key) throws IOException {
    return server.companionOfLowPriority(
        "attack-" + attack,
        List.of(
            "attack",
            "--server",
            server.address(),
            "--key-file",
            key.toString(),
            "--kind",
            attack.name(),
            "--seconds",
            Integer.toString(seconds + HEAD_START_SECONDS)));
  }

  // Cached and not cached, in turns.
  private OpenLoop readers(LoneServer server, Api operator) throws IOException {
    Path file = Files.writeString(server.folder().resolve("book.txt"), "A short book.\n");
    GetBookRequest book =
        GetBookRequest.newBuilder().setName(operator.upload(file).getBook().getName()).build();
    return new OpenLoop(
        rate,
        n -> {
          ListenableFuture<?> answer =
              n % 2 == 0
                  ? operator.futureCatalog().getBook(book)
                  : operator.futureCatalog().listBooks(ListBooksRequest.getDefaultInstance());
          return answer;
        });
  }
}
