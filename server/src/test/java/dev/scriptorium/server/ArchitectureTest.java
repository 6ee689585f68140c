package dev.scriptorium.server;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * The rules of the server's structure.
 *
 * <ul>
 *   <li>Dependencies run one way: {@code *GrpcService} → domain class → {@code *Store}; features
 *       use the parts below them and no other feature but those named here; only the root package
 *       sees all.
 *   <li>Only stores write SQL. A domain class may open a transaction and hand the {@code Handle}
 *       on, so that several stores share it; it makes no statement of its own.
 *   <li>gRPC's own classes stay at the wire. The generated messages are the API's records and may
 *       go through a feature; the parts below the features do not know them, except {@code wire}.
 *   <li>Time is a parameter, and nothing static changes.
 * </ul>
 */
class ArchitectureTest {
  private static final String ROOT = "dev.scriptorium.server";
  private static final JavaClasses SERVER =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /** Every feature, and the other features it may use. */
  private static final Map<String, Set<String>> FEATURES =
      Map.of(
          "analysis", Set.of("catalog", "jobs"),
          "catalog", Set.of("jobs", "reading"),
          "changes", Set.of(),
          "collections", Set.of("catalog", "identity"),
          "fleet", Set.of("jobs"),
          "identity", Set.of(),
          "jobs", Set.of(),
          "operations", Set.of(),
          "places", Set.of("catalog"),
          "reading", Set.of());

  private static final Set<String> PARTS =
      Set.of("blob", "cache", "database", "embedded", "telemetry", "wire");

  /** What may hold SQL without being called a store. */
  private static final Set<String> ALSO_STORES =
      Set.of(
          // Reads the log of jobs, where PostgresJobStore writes it.
          "JobLog",
          // Implement JobInputs and BlobReferences with one statement each.
          "BookFiles",
          "BookBlobs",
          "ResultReferences");

  @Test
  void everyPackageIsAFeatureOrAPart() {
    Set<String> packages =
        SERVER.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> !name.equals(ROOT))
            .map(name -> name.substring(ROOT.length() + 1).replaceAll("\\..*", ""))
            .collect(Collectors.toCollection(TreeSet::new));

    Set<String> expected = new TreeSet<>(PARTS);
    expected.addAll(FEATURES.keySet());
    assertThat(packages).isEqualTo(expected);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(SERVER);
  }

  @Test
  void partsKnowNoFeature() {
    String[] features = FEATURES.keySet().stream().map(ArchitectureTest::in).toArray(String[]::new);
    for (String part : PARTS) {
      noClasses()
          .that()
          .resideInAPackage(in(part))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(features)
          .check(SERVER);
    }
  }

  @Test
  void featuresUseNoOtherFeatureThanTheyMay() {
    FEATURES.forEach(
        (feature, allowed) -> {
          String[] others =
              FEATURES.keySet().stream()
                  .filter(other -> !other.equals(feature) && !allowed.contains(other))
                  .map(ArchitectureTest::in)
                  .toArray(String[]::new);
          noClasses()
              .that()
              .resideInAPackage(in(feature))
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(others)
              .check(SERVER);
        });
  }

  @Test
  void nothingButItselfKnowsTheWiring() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT)
        .check(SERVER);
  }

  @Test
  void servicesAreUsedByTheWiringAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT)
        .and(describe("are no services", each -> !outermost(each).endsWith("GrpcService")))
        .should()
        .dependOnClassesThat(
            describe(
                "are services",
                each ->
                    each.getPackageName().startsWith(ROOT)
                        && each.getSimpleName().endsWith("GrpcService")))
        .check(SERVER);
  }

  @Test
  void servicesDoNotReachForStores() {
    noClasses()
        .that()
        .haveSimpleNameEndingWith("GrpcService")
        .should()
        .dependOnClassesThat(describe("reach the database", ArchitectureTest::reachesTheDatabase))
        .check(SERVER);
  }

  @Test
  void onlyStoresWriteSql() {
    noClasses()
        .that(areNoStores())
        .should()
        .callMethodWhere(describe("a statement is made", ArchitectureTest::makesAStatement))
        .check(SERVER);
  }

  @Test
  void onlyTheDatabaseAndTheEmbeddedOneOpenConnections() {
    noClasses()
        .that()
        .resideOutsideOfPackages(in("database"), in("embedded"))
        .should()
        .dependOnClassesThat(describe("open connections", ArchitectureTest::opensConnections))
        .check(SERVER);
  }

  @Test
  void grpcStaysAtTheWire() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT, in("wire"), in("telemetry"), in("fleet"))
        .and(describe("are no service and no call", ArchitectureTest::isNotAtTheWire))
        .should(dependOnClassesThat(resideInAPackage("io.grpc..")))
        .check(SERVER);
  }

  @Test
  void partsBelowTheWireDoNotKnowTheApi() {
    noClasses()
        .that()
        .resideInAnyPackage(
            in("blob"), in("cache"), in("database"), in("embedded"), in("telemetry"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.scriptorium.v1..", "dev.scriptorium.worker..")
        .check(SERVER);
  }

  @Test
  void theSchedulerIsAPureStateMachine() {
    noClasses()
        .that()
        .resideInAPackage(in("jobs.schedule"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.util.concurrent..",
            "java.sql..",
            "java.io..",
            "java.nio..",
            "org.jdbi..",
            "io.grpc..",
            "org.slf4j..",
            in("database"),
            in("wire"))
        .check(SERVER);
  }

  @Test
  void timeIsAParameter() {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Main")
        .and()
        .resideOutsideOfPackage(in("embedded"))
        .should()
        .callMethodWhere(describe("the clock is read", ArchitectureTest::readsTheClock))
        .check(SERVER);
    noClasses()
        .should()
        .dependOnClassesThat(assignableTo(Date.class).and(isNotSql()))
        .check(SERVER);
  }

  @Test
  void namesSayWhatAThingDoes() {
    String vague = "(?i).*(util|utils|utility|utilities|common|helper|helpers|manager|misc|impl)";
    noClasses()
        .should()
        .haveNameMatching(vague.replace("(?i).*", "(?i).*\\.[A-Za-z$]*"))
        .check(SERVER);
    for (JavaClass each : SERVER) {
      assertThat(List.of(each.getPackageName().split("\\.", -1)))
          .as(each.getPackageName())
          .noneMatch(name -> name.matches(vague));
    }
  }

  @Test
  void nothingStaticChanges() {
    fields().that().areStatic().should().beFinal().check(SERVER);
  }

  @Test
  void everyPackageRefusesNull() {
    classes()
        .that()
        .haveSimpleName("package-info")
        .should()
        .beAnnotatedWith(NullMarked.class)
        .check(SERVER);
    Set<String> described =
        SERVER.stream()
            .filter(each -> each.getSimpleName().equals("package-info"))
            .map(JavaClass::getPackageName)
            .collect(Collectors.toSet());
    assertThat(SERVER.stream().map(JavaClass::getPackageName)).allMatch(described::contains);
  }

  private static String in(String name) {
    return ROOT + "." + name + "..";
  }

  private static DescribedPredicate<JavaClass> areNoStores() {
    return describe(
        "are no stores",
        each -> {
          String outermost = outermost(each);
          return !outermost.endsWith("Store")
              && !ALSO_STORES.contains(outermost)
              && !each.getPackageName().equals(ROOT + ".database");
        });
  }

  private static boolean reachesTheDatabase(JavaClass each) {
    String name = each.getPackageName();
    return name.startsWith("org.jdbi")
        || name.startsWith("java.sql")
        || name.equals(ROOT + ".database")
        || (each.getSimpleName().endsWith("Store") && !name.equals(ROOT + ".blob"));
  }

  private static boolean opensConnections(JavaClass each) {
    return each.getName().matches("java\\.sql\\.(Connection|DriverManager|.*Statement)")
        || each.getPackageName()
            .matches("com\\.zaxxer\\.hikari|org\\.flywaydb\\.core|org\\.postgresql.*");
  }

  private static DescribedPredicate<JavaClass> isNotSql() {
    return describe("not of java.sql", each -> !each.getPackageName().equals("java.sql"));
  }

  private static boolean makesAStatement(JavaMethodCall call) {
    AccessTarget.MethodCallTarget target = call.getTarget();
    return target.getOwner().isAssignableTo(Handle.class)
        && target
            .getName()
            .matches("create(Query|Update|Batch|Call|Script)|prepareBatch|execute|select");
  }

  private static boolean isNotAtTheWire(JavaClass each) {
    String outermost = outermost(each);
    return !outermost.endsWith("GrpcService")
        && !outermost.endsWith("Call")
        // Names the methods of the generated services.
        && !outermost.equals("MethodRules");
  }

  private static boolean readsTheClock(JavaMethodCall call) {
    String target = call.getTargetOwner().getName() + "." + call.getName();
    return target.matches(
        "java\\.time\\.[A-Za-z]+\\.now|java\\.time\\.Clock\\.system.*|java\\.lang\\.System\\.currentTimeMillis|java\\.lang\\.Thread\\.sleep|java\\.util\\.concurrent\\.TimeUnit\\.sleep");
  }

  private static String outermost(JavaClass each) {
    String name = each.getName().substring(each.getPackageName().length() + 1);
    int dollar = name.indexOf('$');
    return dollar < 0 ? name : name.substring(0, dollar);
  }
}
