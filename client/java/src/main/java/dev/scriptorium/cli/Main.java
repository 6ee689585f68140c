package dev.scriptorium.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;

/** Entry point of the {@code scriptorium} command. */
public final class Main {
  private static final long LEAVE_SECONDS = 5;

  private Main() {}

  public static void main(String[] args) {
    // gRPC reports broken connections in its log; the user hears of them from us.
    LogManager.getLogManager().reset();
    Shell shell =
        new Shell(
            System.in,
            writer(FileDescriptor.out),
            writer(FileDescriptor.err),
            Terminal.of(
                System.getProperty("scriptorium.terminal", ""),
                System.getProperty("scriptorium.locale", ""),
                System.getenv()),
            System.getenv(),
            Path.of(System.getProperty("user.home")),
            ZoneId.systemDefault());
    CountDownLatch ended = new CountDownLatch(1);
    interruptOnSignal(Thread.currentThread(), ended);
    int code = CommandTree.of(shell).execute(args);
    shell.out().flush();
    shell.err().flush();
    ended.countDown();
    System.exit(code);
  }

  /** Ctrl-C interrupts the command and lets it say what is left; then Java exits with 130. */
  private static void interruptOnSignal(Thread command, CountDownLatch ended) {
    Thread hook =
        new Thread(
            () -> {
              command.interrupt();
              try {
                ended.await(LEAVE_SECONDS, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "leave");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** UTF-8 whatever the locale: books are. Flushed at line ends. */
  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
  }
}
