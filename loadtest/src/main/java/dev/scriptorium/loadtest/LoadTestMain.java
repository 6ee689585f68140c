package dev.scriptorium.loadtest;

import dev.scriptorium.loadtest.abuse.AbuseCommand;
import dev.scriptorium.loadtest.abuse.AttackCommand;
import dev.scriptorium.loadtest.analysis.ScoresCommand;
import dev.scriptorium.loadtest.analysis.SpeedCommand;
import dev.scriptorium.loadtest.analysis.TrainCommand;
import dev.scriptorium.loadtest.catalog.CatalogFigures;
import dev.scriptorium.loadtest.chaos.ChaosCommand;
import dev.scriptorium.loadtest.chaos.CheckCommand;
import dev.scriptorium.loadtest.fleet.ColdStartCommand;
import dev.scriptorium.loadtest.fleet.DependencyCommand;
import dev.scriptorium.loadtest.fleet.FairnessCommand;
import dev.scriptorium.loadtest.fleet.MemoryCommand;
import dev.scriptorium.loadtest.fleet.RecycleCommand;
import dev.scriptorium.loadtest.novels.AnalysisMemoryCommand;
import dev.scriptorium.loadtest.parse.ParseCommand;
import dev.scriptorium.loadtest.queue.FleetFigures;
import dev.scriptorium.loadtest.queue.FleetWorkers;
import dev.scriptorium.loadtest.queue.NoopWorker;
import dev.scriptorium.loadtest.queue.PeerAdapter;
import dev.scriptorium.loadtest.queue.QueueFigures;
import dev.scriptorium.loadtest.queue.RehearsalCommand;
import dev.scriptorium.loadtest.reading.ReadingFigures;
import dev.scriptorium.loadtest.simulate.SimulateCommand;
import dev.scriptorium.loadtest.system.EchoServer;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The {@code scriptorium-loadtest} command. Everything it starts runs on this machine and ends. */
@Command(
    name = "scriptorium-loadtest",
    mixinStandardHelpOptions = true,
    description = "Measures Scriptorium on this machine.",
    subcommands = {
      MainJobFigures.class,
      ChaosCommand.class,
      CheckCommand.class,
      QueueFigures.class,
      NoopWorker.class,
      PeerAdapter.class,
      RehearsalCommand.class,
      FleetFigures.class,
      FleetWorkers.class,
      MemoryCommand.class,
      AnalysisMemoryCommand.class,
      RecycleCommand.class,
      DependencyCommand.class,
      ColdStartCommand.class,
      FairnessCommand.class,
      SimulateCommand.class,
      ParseCommand.class,
      ReadingFigures.class,
      CatalogFigures.class,
      AbuseCommand.class,
      AttackCommand.class,
      EchoServer.class,
      SpeedCommand.class,
      ScoresCommand.class,
      TrainCommand.class,
      LoadTestMain.Bench.class
    })
public final class LoadTestMain {
  private LoadTestMain() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new LoadTestMain()).execute(arguments));
  }

  @Command(
      name = "bench",
      mixinStandardHelpOptions = true,
      description = "Runs the JMH benchmarks whose names match; all of them take about a minute.")
  static final class Bench implements Callable<Integer> {
    @Parameters(
        index = "0",
        defaultValue = "dev.scriptorium.*",
        description = "Regular expression on the names (default: ${DEFAULT-VALUE}).")
    private String include = "dev.scriptorium.*";

    @Override
    public Integer call() throws RunnerException {
      new Runner(new OptionsBuilder().include(include).build()).run();
      return 0;
    }
  }
}
