package dev.scriptorium.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Opens connections, encrypted wherever they leave the machine. */
final class Channels {
  // A chapter travels in one message, text and HTML together.
  private static final int MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
  // Finds a server that is gone without a word, as after a power cut.
  private static final int KEEP_ALIVE_SECONDS = 300;

  private Channels() {}

  static ManagedChannel open(ClientOptions options) {
    ServerAddress server = options.server();
    return Grpc.newChannelBuilderForAddress(server.host(), server.port(), credentials(options))
        .intercept(bearer(options.key()))
        .userAgent("scriptorium-java")
        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
        .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .build();
  }

  private static ChannelCredentials credentials(ClientOptions options) {
    if (!options.tls()) {
      return InsecureChannelCredentials.create();
    }
    Optional<Path> trusted = options.trusted();
    if (trusted.isEmpty()) {
      return TlsChannelCredentials.create();
    }
    try {
      return TlsChannelCredentials.newBuilder().trustManager(trusted.get().toFile()).build();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          trusted.get() + " cannot be read as certificates: " + e.getMessage(), e);
    }
  }

  /** Sends the key with every call; without one, the server decides what a stranger may see. */
  static ClientInterceptor bearer(String key) {
    return new ClientInterceptor() {
      @Override
      public <Q, A> ClientCall<Q, A> interceptCall(
          MethodDescriptor<Q, A> method, CallOptions callOptions, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, callOptions)) {
          @Override
          public void start(Listener<A> listener, Metadata headers) {
            if (!key.isEmpty()) {
              headers.put(AUTHORIZATION, "Bearer " + key);
            }
            super.start(listener, headers);
          }
        };
      }
    };
  }

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
}
