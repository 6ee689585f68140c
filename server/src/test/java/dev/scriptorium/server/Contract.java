package dev.scriptorium.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every method that the server may serve, with what its .proto file says of it. */
final class Contract {
  private static final Pattern RPC = Pattern.compile("  rpc (\\w+)\\(.*");
  private static final Pattern EXAMPLE = Pattern.compile("Example: (.*)");

  /**
   * @param comment of its service and its own, without the slashes, lines kept
   * @param examples requests as JSON, in the order a stream sends them
   */
  record Method(
      MethodDescriptor<?, ?> descriptor,
      com.google.protobuf.Descriptors.MethodDescriptor schema,
      String comment,
      List<String> examples) {
    String name() {
      return descriptor.getFullMethodName();
    }

    /** True for those that we describe ourselves. */
    boolean ours() {
      return name().startsWith("scriptorium.");
    }
  }

  private Contract() {}

  /** All methods by name; services are found on the class path, so that none can be forgotten. */
  static List<Method> methods() throws ReflectiveOperationException, IOException {
    List<Method> methods = new ArrayList<>();
    for (ServiceDescriptor service : services()) {
      for (MethodDescriptor<?, ?> method : service.getMethods()) {
        methods.add(method(service, method));
      }
    }
    methods.sort(Comparator.comparing(Method::name));
    return methods;
  }

  private static List<ServiceDescriptor> services() throws ReflectiveOperationException {
    List<ServiceDescriptor> services =
        new ArrayList<>(
            List.of(
                HealthGrpc.getServiceDescriptor(), ServerReflectionGrpc.getServiceDescriptor()));
    for (JavaClass found :
        new ClassFileImporter()
            .importPackages(
                "dev.scriptorium.v1",
                "dev.scriptorium.worker.v1",
                "dev.scriptorium.externalscaler")) {
      if (found.getSimpleName().endsWith("Grpc")) {
        services.add(
            (ServiceDescriptor)
                Class.forName(found.getName()).getMethod("getServiceDescriptor").invoke(null));
      }
    }
    return services;
  }

  private static Method method(ServiceDescriptor service, MethodDescriptor<?, ?> method)
      throws IOException {
    var schema =
        (ProtoMethodDescriptorSupplier) Objects.requireNonNull(method.getSchemaDescriptor());
    var file = (ProtoFileDescriptorSupplier) Objects.requireNonNull(service.getSchemaDescriptor());
    String bareName = Objects.requireNonNull(method.getBareMethodName());
    String comment = comment(file.getFileDescriptor().getName(), bareName);
    return new Method(method, schema.getMethodDescriptor(), comment, examples(comment));
  }

  private static String comment(String file, String rpc) throws IOException {
    try (InputStream proto = Contract.class.getResourceAsStream("/" + file)) {
      if (proto == null) {
        return "";
      }
      StringBuilder comment = new StringBuilder();
      String ofService = "";
      for (String line : new String(proto.readAllBytes(), UTF_8).lines().toList()) {
        Matcher matcher = RPC.matcher(line);
        if (matcher.matches() && matcher.group(1).equals(rpc)) {
          return ofService + comment;
        }
        if (line.startsWith("service ")) {
          ofService = comment.toString();
        }
        if (line.strip().startsWith("//")) {
          comment.append(line.strip().substring(2).strip()).append('\n');
        } else {
          comment.setLength(0);
        }
      }
      return "";
    }
  }

  // An example may go on over several lines, and is the last thing of a comment.
  private static List<String> examples(String comment) {
    List<String> examples = new ArrayList<>();
    for (String line : comment.lines().toList()) {
      Matcher matcher = EXAMPLE.matcher(line);
      if (matcher.matches()) {
        examples.add(matcher.group(1));
      } else if (!examples.isEmpty()) {
        examples.set(examples.size() - 1, examples.getLast() + " " + line);
      }
    }
    return examples;
  }
}
