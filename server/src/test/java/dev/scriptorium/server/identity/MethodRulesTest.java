package dev.scriptorium.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.scriptorium.server.wire.Role;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MethodRulesTest {
  @Test
  void everyMethodOfEveryServiceHasARule() throws ReflectiveOperationException {
    List<String> methods = new ArrayList<>();
    for (ServiceDescriptor service : services()) {
      service.getMethods().stream().map(MethodDescriptor::getFullMethodName).forEach(methods::add);
    }

    assertThat(methods).hasSizeGreaterThanOrEqualTo(22).contains("scriptorium.v1.Catalog/GetBook");
    assertThat(methods)
        .filteredOn(method -> !MethodRules.open(method))
        .allSatisfy(method -> assertThat(MethodRules.roles(method)).isNotEmpty());
  }

  @Test
  void anUnknownMethodIsForNobody() {
    assertThat(MethodRules.roles("scriptorium.v1.Catalog/Unknown")).isEmpty();
  }

  @Test
  void workersAndReadersHaveNothingInCommonButTheSystemsState()
      throws ReflectiveOperationException {
    List<String> shared = new ArrayList<>();
    for (ServiceDescriptor service : services()) {
      service.getMethods().stream()
          .map(MethodDescriptor::getFullMethodName)
          .filter(method -> MethodRules.roles(method).contains(Role.WORKER))
          .filter(method -> MethodRules.roles(method).contains(Role.READER))
          .forEach(shared::add);
    }

    assertThat(shared).containsExactly("scriptorium.v1.Operations/GetSystemInfo");
  }

  // Found on the class path, so that a new service cannot be forgotten.
  private static List<ServiceDescriptor> services() throws ReflectiveOperationException {
    List<ServiceDescriptor> services = new ArrayList<>();
    for (JavaClass found :
        new ClassFileImporter().importPackages("dev.scriptorium.v1", "dev.scriptorium.worker.v1")) {
      if (found.getSimpleName().endsWith("Grpc")) {
        services.add(
            (ServiceDescriptor)
                Class.forName(found.getName()).getMethod("getServiceDescriptor").invoke(null));
      }
    }
    return services;
  }
}
