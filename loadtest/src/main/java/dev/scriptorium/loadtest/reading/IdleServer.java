package dev.scriptorium.loadtest.reading;

import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The floor: gRPC alone, with the server's transport and a virtual thread a call. Its call is the
 * health check, which does nothing.
 */
@Command(
    name = "reading-echo",
    hidden = true,
    description = "Answers calls that do nothing, until it is ended.")
public final class IdleServer implements Callable<Integer> {
  @Option(names = "--announce", required = true, description = "File for its address.")
  private Path announcement = Path.of("");

  @Override
  public Integer call() throws IOException, InterruptedException {
    Server server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .addService(new HealthStatusManager().getHealthService())
            .build()
            .start();
    Path fresh = announcement.resolveSibling(announcement.getFileName() + ".new");
    Files.writeString(fresh, "127.0.0.1:" + server.getPort());
    Files.move(fresh, announcement, StandardCopyOption.ATOMIC_MOVE);
    server.awaitTermination();
    return 0;
  }
}
