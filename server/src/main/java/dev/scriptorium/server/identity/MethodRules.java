package dev.scriptorium.server.identity;

import static dev.scriptorium.server.wire.Role.LIBRARIAN;
import static dev.scriptorium.server.wire.Role.OPERATOR;
import static dev.scriptorium.server.wire.Role.READER;
import static dev.scriptorium.server.wire.Role.WORKER;
import static java.util.Map.entry;

import dev.scriptorium.externalscaler.ExternalScalerGrpc;
import dev.scriptorium.server.wire.Role;
import dev.scriptorium.v1.AnalysisGrpc;
import dev.scriptorium.v1.CatalogGrpc;
import dev.scriptorium.v1.ChangesGrpc;
import dev.scriptorium.v1.CollectionsGrpc;
import dev.scriptorium.v1.FiltersGrpc;
import dev.scriptorium.v1.FleetGrpc;
import dev.scriptorium.v1.IdentityGrpc;
import dev.scriptorium.v1.JobsGrpc;
import dev.scriptorium.v1.LocatorsGrpc;
import dev.scriptorium.v1.OperationsGrpc;
import dev.scriptorium.v1.ReadingGrpc;
import dev.scriptorium.worker.v1.WorkGrpc;
import io.grpc.ServiceDescriptor;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one table of who may call which method, and what a call costs. What is not in it, nobody may
 * call.
 */
public final class MethodRules {
  private static final Set<Role> EVERYBODY = Set.of(READER, LIBRARIAN, OPERATOR, WORKER);
  private static final Set<Role> READERS = Set.of(READER, LIBRARIAN, OPERATOR);
  private static final Set<Role> LIBRARIANS = Set.of(LIBRARIAN, OPERATOR);
  private static final Set<Role> OPERATORS = Set.of(OPERATOR);
  private static final Set<Role> WORKERS = Set.of(WORKER);

  private static final Map<String, Set<Role>> TABLE =
      Map.ofEntries(
          entry(CatalogGrpc.getUploadBookMethod().getFullMethodName(), LIBRARIANS),
          entry(CatalogGrpc.getGetBookMethod().getFullMethodName(), READERS),
          entry(CatalogGrpc.getListBooksMethod().getFullMethodName(), READERS),
          entry(CatalogGrpc.getUpdateBookMethod().getFullMethodName(), LIBRARIANS),
          entry(CatalogGrpc.getDeleteBookMethod().getFullMethodName(), LIBRARIANS),
          entry(CatalogGrpc.getWatchBookMethod().getFullMethodName(), READERS),
          entry(CatalogGrpc.getListChaptersMethod().getFullMethodName(), READERS),
          entry(CatalogGrpc.getGetChapterMethod().getFullMethodName(), READERS),
          entry(CatalogGrpc.getGetCoverMethod().getFullMethodName(), READERS),
          entry(CatalogGrpc.getSearchBooksMethod().getFullMethodName(), READERS),
          entry(CatalogGrpc.getSearchTextMethod().getFullMethodName(), READERS),
          entry(CatalogGrpc.getDownloadBookMethod().getFullMethodName(), READERS),
          entry(CatalogGrpc.getListResourcesMethod().getFullMethodName(), READERS),
          entry(CatalogGrpc.getReadResourceMethod().getFullMethodName(), READERS),
          entry(CatalogGrpc.getUndeleteBookMethod().getFullMethodName(), LIBRARIANS),
          entry(CatalogGrpc.getPurgeBookMethod().getFullMethodName(), LIBRARIANS),
          entry(CatalogGrpc.getBatchGetBooksMethod().getFullMethodName(), READERS),
          entry(CatalogGrpc.getBatchUpdateBooksMethod().getFullMethodName(), LIBRARIANS),
          entry(CatalogGrpc.getBatchDeleteBooksMethod().getFullMethodName(), LIBRARIANS),
          entry(CatalogGrpc.getGetLibraryTotalsMethod().getFullMethodName(), READERS),
          entry(CollectionsGrpc.getCreateCollectionMethod().getFullMethodName(), LIBRARIANS),
          entry(CollectionsGrpc.getGetCollectionMethod().getFullMethodName(), READERS),
          entry(CollectionsGrpc.getListCollectionsMethod().getFullMethodName(), READERS),
          entry(CollectionsGrpc.getUpdateCollectionMethod().getFullMethodName(), LIBRARIANS),
          entry(CollectionsGrpc.getDeleteCollectionMethod().getFullMethodName(), LIBRARIANS),
          entry(CollectionsGrpc.getAddBooksMethod().getFullMethodName(), LIBRARIANS),
          entry(CollectionsGrpc.getRemoveBooksMethod().getFullMethodName(), LIBRARIANS),
          entry(CollectionsGrpc.getListCollectionBooksMethod().getFullMethodName(), READERS),
          entry(CollectionsGrpc.getShareCollectionMethod().getFullMethodName(), LIBRARIANS),
          entry(CollectionsGrpc.getUnshareCollectionMethod().getFullMethodName(), READERS),
          entry(CollectionsGrpc.getListCollectionSharesMethod().getFullMethodName(), LIBRARIANS),
          entry(FiltersGrpc.getListFacetsMethod().getFullMethodName(), READERS),
          entry(FiltersGrpc.getPutSavedFilterMethod().getFullMethodName(), READERS),
          entry(FiltersGrpc.getListSavedFiltersMethod().getFullMethodName(), READERS),
          entry(FiltersGrpc.getDeleteSavedFilterMethod().getFullMethodName(), READERS),
          entry(LocatorsGrpc.getListPositionsMethod().getFullMethodName(), READERS),
          entry(LocatorsGrpc.getConvertLocatorsMethod().getFullMethodName(), READERS),
          entry(AnalysisGrpc.getListPassagesMethod().getFullMethodName(), READERS),
          entry(AnalysisGrpc.getListEntitiesMethod().getFullMethodName(), READERS),
          entry(AnalysisGrpc.getListMentionsMethod().getFullMethodName(), READERS),
          entry(AnalysisGrpc.getGetEntityMethod().getFullMethodName(), READERS),
          entry(AnalysisGrpc.getGetBookFactsMethod().getFullMethodName(), READERS),
          entry(AnalysisGrpc.getGetXRayMethod().getFullMethodName(), READERS),
          entry(AnalysisGrpc.getReanalyzeBookMethod().getFullMethodName(), LIBRARIANS),
          entry(ReadingGrpc.getGetProgressMethod().getFullMethodName(), READERS),
          entry(ReadingGrpc.getUpdateProgressMethod().getFullMethodName(), READERS),
          entry(ReadingGrpc.getBatchUpdateProgressMethod().getFullMethodName(), READERS),
          entry(ReadingGrpc.getListProgressMethod().getFullMethodName(), READERS),
          entry(ReadingGrpc.getListDeviceProgressMethod().getFullMethodName(), READERS),
          entry(ReadingGrpc.getListProgressHistoryMethod().getFullMethodName(), READERS),
          entry(ReadingGrpc.getRestoreProgressMethod().getFullMethodName(), READERS),
          entry(ReadingGrpc.getCreateAnnotationMethod().getFullMethodName(), READERS),
          entry(ReadingGrpc.getGetAnnotationMethod().getFullMethodName(), READERS),
          entry(ReadingGrpc.getListAnnotationsMethod().getFullMethodName(), READERS),
          entry(ReadingGrpc.getUpdateAnnotationMethod().getFullMethodName(), READERS),
          entry(ReadingGrpc.getDeleteAnnotationMethod().getFullMethodName(), READERS),
          entry(ReadingGrpc.getExportAnnotationsMethod().getFullMethodName(), READERS),
          entry(ReadingGrpc.getRecordSessionsMethod().getFullMethodName(), READERS),
          entry(ReadingGrpc.getListSessionsMethod().getFullMethodName(), READERS),
          entry(ReadingGrpc.getGetReadingStatsMethod().getFullMethodName(), READERS),
          entry(ReadingGrpc.getGetReadingGoalMethod().getFullMethodName(), READERS),
          entry(ReadingGrpc.getUpdateReadingGoalMethod().getFullMethodName(), READERS),
          entry(ChangesGrpc.getListChangesMethod().getFullMethodName(), READERS),
          entry(ChangesGrpc.getWatchChangesMethod().getFullMethodName(), READERS),
          entry(JobsGrpc.getGetJobMethod().getFullMethodName(), READERS),
          entry(JobsGrpc.getListJobsMethod().getFullMethodName(), READERS),
          entry(JobsGrpc.getWatchJobMethod().getFullMethodName(), READERS),
          entry(JobsGrpc.getCancelJobMethod().getFullMethodName(), LIBRARIANS),
          entry(JobsGrpc.getRetryJobMethod().getFullMethodName(), LIBRARIANS),
          entry(JobsGrpc.getSubmitJobsMethod().getFullMethodName(), OPERATORS),
          entry(JobsGrpc.getGetQueueMethod().getFullMethodName(), OPERATORS),
          entry(JobsGrpc.getUpdateKindMethod().getFullMethodName(), OPERATORS),
          entry(JobsGrpc.getPutScheduleMethod().getFullMethodName(), OPERATORS),
          entry(JobsGrpc.getListSchedulesMethod().getFullMethodName(), OPERATORS),
          entry(JobsGrpc.getDeleteScheduleMethod().getFullMethodName(), OPERATORS),
          entry(FleetGrpc.getListWorkersMethod().getFullMethodName(), OPERATORS),
          entry(FleetGrpc.getWatchFleetMethod().getFullMethodName(), OPERATORS),
          entry(FleetGrpc.getQuietWorkerMethod().getFullMethodName(), OPERATORS),
          entry(FleetGrpc.getResumeWorkerMethod().getFullMethodName(), OPERATORS),
          entry(FleetGrpc.getDrainWorkerMethod().getFullMethodName(), OPERATORS),
          entry(OperationsGrpc.getGetSystemInfoMethod().getFullMethodName(), EVERYBODY),
          entry(OperationsGrpc.getClearCacheMethod().getFullMethodName(), OPERATORS),
          entry(WorkGrpc.getConnectMethod().getFullMethodName(), WORKERS),
          entry(WorkGrpc.getDownloadInputMethod().getFullMethodName(), WORKERS),
          entry(WorkGrpc.getUploadResultMethod().getFullMethodName(), WORKERS),
          entry(IdentityGrpc.getWhoAmIMethod().getFullMethodName(), READERS),
          entry(IdentityGrpc.getCreateUserMethod().getFullMethodName(), OPERATORS),
          entry(IdentityGrpc.getGetUserMethod().getFullMethodName(), READERS),
          entry(IdentityGrpc.getListUsersMethod().getFullMethodName(), OPERATORS),
          entry(IdentityGrpc.getUpdateUserMethod().getFullMethodName(), OPERATORS),
          entry(IdentityGrpc.getSetPasswordMethod().getFullMethodName(), READERS),
          entry(IdentityGrpc.getDeleteUserMethod().getFullMethodName(), OPERATORS),
          entry(IdentityGrpc.getExportUserMethod().getFullMethodName(), READERS),
          entry(IdentityGrpc.getCreateKeyMethod().getFullMethodName(), READERS),
          entry(IdentityGrpc.getListKeysMethod().getFullMethodName(), READERS),
          entry(IdentityGrpc.getRevokeKeyMethod().getFullMethodName(), READERS),
          entry(IdentityGrpc.getShareBookMethod().getFullMethodName(), LIBRARIANS),
          entry(IdentityGrpc.getUnshareBookMethod().getFullMethodName(), READERS),
          entry(IdentityGrpc.getListSharesMethod().getFullMethodName(), READERS),
          entry(IdentityGrpc.getListAuditEventsMethod().getFullMethodName(), OPERATORS));

  /** What needs no key. The scaler is served only where its caller is trusted. */
  private static final Set<String> OPEN =
      Stream.concat(
              Stream.of(IdentityGrpc.getLoginMethod().getFullMethodName()),
              Stream.of(
                      HealthGrpc.getServiceDescriptor(),
                      ServerReflectionGrpc.getServiceDescriptor(),
                      ExternalScalerGrpc.getServiceDescriptor())
                  .flatMap(MethodRules::methods))
          .collect(Collectors.toUnmodifiableSet());

  /** What costs more than a look-up; everything else costs 1. */
  private static final Map<String, Integer> COSTS =
      Map.ofEntries(
          entry(CatalogGrpc.getUploadBookMethod().getFullMethodName(), 20),
          entry(CatalogGrpc.getListBooksMethod().getFullMethodName(), 5),
          entry(CatalogGrpc.getBatchUpdateBooksMethod().getFullMethodName(), 20),
          entry(CatalogGrpc.getBatchDeleteBooksMethod().getFullMethodName(), 20),
          entry(CollectionsGrpc.getListCollectionBooksMethod().getFullMethodName(), 5),
          entry(FiltersGrpc.getListFacetsMethod().getFullMethodName(), 20),
          entry(CatalogGrpc.getListChaptersMethod().getFullMethodName(), 2),
          entry(LocatorsGrpc.getListPositionsMethod().getFullMethodName(), 2),
          entry(LocatorsGrpc.getConvertLocatorsMethod().getFullMethodName(), 5),
          entry(AnalysisGrpc.getListPassagesMethod().getFullMethodName(), 2),
          entry(AnalysisGrpc.getListEntitiesMethod().getFullMethodName(), 2),
          entry(IdentityGrpc.getSetPasswordMethod().getFullMethodName(), 50),
          entry(IdentityGrpc.getExportUserMethod().getFullMethodName(), 200));

  private MethodRules() {}

  /**
   * The roles that may call a method; none for an unknown one.
   *
   * @param fullMethodName for example {@code scriptorium.v1.Catalog/GetBook}
   */
  public static Set<Role> roles(String fullMethodName) {
    return TABLE.getOrDefault(fullMethodName, Set.of());
  }

  /** True when a method may be called without a key. */
  public static boolean open(String fullMethodName) {
    return OPEN.contains(fullMethodName);
  }

  /** Units of the caller's rate that a call takes. */
  public static int cost(String fullMethodName) {
    return COSTS.getOrDefault(fullMethodName, 1);
  }

  private static Stream<String> methods(ServiceDescriptor service) {
    return service.getMethods().stream().map(method -> method.getFullMethodName());
  }
}
