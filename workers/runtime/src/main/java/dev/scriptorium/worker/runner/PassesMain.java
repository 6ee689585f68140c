package dev.scriptorium.worker.runner;

import com.google.gson.stream.JsonWriter;
import dev.scriptorium.plugin.JobHandler;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The process behind {@code try --repeat}: passes over files with plugins that stay loaded, on
 * threads that each have plugins of their own. Arguments: kind, language, passes that do not count,
 * passes that count, threads. Standard input: one line a file, media type, tab, path. Standard
 * output: one JSON object with the median pass. Exit code 2 when a file gave no result, 3 out of
 * memory.
 */
public final class PassesMain {
  private PassesMain() {}

  /** Runs the passes and prints their figures. */
  public static void main(String[] args) throws IOException, InterruptedException {
    PrintWriter out =
        new PrintWriter(
            new OutputStreamWriter(
                new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8));
    // What a plugin prints must not get between the figures.
    System.setOut(System.err);
    List<FileJob> jobs = jobs(args[0], args[1]);
    int warmup = Integer.parseInt(args[2]);
    int measured = Integer.parseInt(args[3]);
    int threads = Integer.parseInt(args[4]);
    Pass pass = new Pass(hosts(threads), jobs);
    for (int i = 0; i < warmup; i++) {
      pass.run();
    }
    List<PassFigures> figures = new ArrayList<>();
    for (int i = 0; i < measured; i++) {
      figures.add(pass.run());
    }
    figures.sort(Comparator.comparingLong(PassFigures::nanos));
    PassFigures median = figures.get(figures.size() / 2);
    JsonWriter json = new JsonWriter(out);
    json.setIndent("  ");
    json.beginObject();
    json.name("kind").value(args[0]);
    json.name("warmup").value(warmup);
    json.name("measured").value(measured);
    json.name("threads").value(threads);
    json.name("files").value(jobs.size());
    json.name("input_bytes").value(bytes(jobs));
    median.print(json);
    json.name("peak_memory_bytes").value(OwnMemory.peakBytes());
    json.endObject();
    out.println();
    out.flush();
    System.exit(median.failed().isEmpty() ? 0 : 2);
  }

  private static List<PluginHost> hosts(int threads) {
    List<PluginHost> hosts = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      hosts.add(new PluginHost(ServiceLoader.load(JobHandler.class)));
    }
    return hosts;
  }

  /** The largest first: no thread then begins a long one while the others have none left. */
  private static List<FileJob> jobs(String kind, String language) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    List<FileJob> jobs = new ArrayList<>();
    SpareHeap heap = SpareHeap.ofThisProcess();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      int tab = line.indexOf('\t');
      jobs.add(
          new FileJob(
              kind, line.substring(0, tab), language, Path.of(line.substring(tab + 1)), heap));
    }
    jobs.sort(Comparator.comparingLong((FileJob job) -> job.path().toFile().length()).reversed());
    return jobs;
  }

  private static long bytes(List<FileJob> jobs) throws IOException {
    long bytes = 0;
    for (FileJob job : jobs) {
      bytes += Files.size(job.path());
    }
    return bytes;
  }
}
