package dev.scriptorium.loadtest.system;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
 * The floor: a gRPC server that gives back what it gets, on the same executor as Scriptorium's,
 * with nothing else in its way.
 */
@Command(
    name = "echo",
    hidden = true,
    description = "Gives back what it gets, until it is ended: the floor of other scenarios.")
public final class EchoServer implements Callable<Integer> {
  /** Bytes there and the same bytes back. */
  public static final MethodDescriptor<byte[], byte[]> METHOD =
      MethodDescriptor.<byte[], byte[]>newBuilder(new Bytes(), new Bytes())
          .setType(MethodType.UNARY)
          .setFullMethodName("scriptorium.loadtest.Echo/Echo")
          .build();

  @Option(names = "--port-file", required = true, description = "Where the port is written to.")
  private Path portFile = Path.of("");

  @Override
  public Integer call() throws IOException, InterruptedException {
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .addService(
                ServerServiceDefinition.builder("scriptorium.loadtest.Echo")
                    .addMethod(
                        METHOD,
                        ServerCalls.asyncUnaryCall(
                            (request, answer) -> {
                              answer.onNext(request);
                              answer.onCompleted();
                            }))
                    .build())
            .build()
            .start();
    Path unfinished =
        Files.writeString(portFile.resolveSibling("port.tmp"), Integer.toString(server.getPort()));
    Files.move(unfinished, portFile, StandardCopyOption.ATOMIC_MOVE);
    server.awaitTermination();
    return 0;
  }

  /** Bytes as they are. */
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
