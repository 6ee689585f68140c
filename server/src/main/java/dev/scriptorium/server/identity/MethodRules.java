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
import dev.scriptorium.v1.DuplicatesGrpc;
import dev.scriptorium.v1.FiltersGrpc;
import dev.scriptorium.v1.FleetGrpc;
import dev.scriptorium.v1.IdentityGrpc;
import dev.scriptorium.v1.JobsGrpc;
import dev.scriptorium.v1.LocatorsGrpc;
import dev.scriptorium.v1.OperationsGrpc;
import dev.scriptorium.v1.ReadingGrpc;
import dev.scriptorium.v1.UploadsGrpc;
import dev.scriptorium.worker.v1.WorkGrpc;
import io.grpc.MethodDescriptor;
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
          rule(CatalogGrpc.getUploadBookMethod(), LIBRARIANS),
          rule(CatalogGrpc.getGetBookMethod(), READERS),
          rule(CatalogGrpc.getListBooksMethod(), READERS),
          rule(CatalogGrpc.getUpdateBookMethod(), LIBRARIANS),
          rule(CatalogGrpc.getDeleteBookMethod(), LIBRARIANS),
          rule(CatalogGrpc.getWatchBookMethod(), READERS),
          rule(CatalogGrpc.getListChaptersMethod(), READERS),
          rule(CatalogGrpc.getGetChapterMethod(), READERS),
          rule(CatalogGrpc.getGetCoverMethod(), READERS),
          rule(CatalogGrpc.getSearchBooksMethod(), READERS),
          rule(CatalogGrpc.getSearchTextMethod(), READERS),
          rule(CatalogGrpc.getDownloadBookMethod(), READERS),
          rule(CatalogGrpc.getListResourcesMethod(), READERS),
          rule(CatalogGrpc.getReadResourceMethod(), READERS),
          rule(CatalogGrpc.getUndeleteBookMethod(), LIBRARIANS),
          rule(CatalogGrpc.getPurgeBookMethod(), LIBRARIANS),
          rule(CatalogGrpc.getBatchGetBooksMethod(), READERS),
          rule(CatalogGrpc.getBatchUpdateBooksMethod(), LIBRARIANS),
          rule(CatalogGrpc.getBatchDeleteBooksMethod(), LIBRARIANS),
          rule(CatalogGrpc.getGetLibraryTotalsMethod(), READERS),
          rule(DuplicatesGrpc.getGetDuplicatesMethod(), READERS),
          rule(DuplicatesGrpc.getListDuplicatesMethod(), READERS),
          rule(UploadsGrpc.getStartUploadMethod(), LIBRARIANS),
          rule(UploadsGrpc.getGetUploadMethod(), LIBRARIANS),
          rule(UploadsGrpc.getListUploadsMethod(), LIBRARIANS),
          rule(UploadsGrpc.getWriteUploadMethod(), LIBRARIANS),
          rule(UploadsGrpc.getWriteChunkMethod(), LIBRARIANS),
          rule(UploadsGrpc.getFinishUploadMethod(), LIBRARIANS),
          rule(UploadsGrpc.getCancelUploadMethod(), LIBRARIANS),
          rule(UploadsGrpc.getReplaceFileMethod(), LIBRARIANS),
          rule(UploadsGrpc.getGetReplacementMethod(), LIBRARIANS),
          rule(CollectionsGrpc.getCreateCollectionMethod(), LIBRARIANS),
          rule(CollectionsGrpc.getGetCollectionMethod(), READERS),
          rule(CollectionsGrpc.getListCollectionsMethod(), READERS),
          rule(CollectionsGrpc.getUpdateCollectionMethod(), LIBRARIANS),
          rule(CollectionsGrpc.getDeleteCollectionMethod(), LIBRARIANS),
          rule(CollectionsGrpc.getAddBooksMethod(), LIBRARIANS),
          rule(CollectionsGrpc.getRemoveBooksMethod(), LIBRARIANS),
          rule(CollectionsGrpc.getListCollectionBooksMethod(), READERS),
          rule(CollectionsGrpc.getShareCollectionMethod(), LIBRARIANS),
          rule(CollectionsGrpc.getUnshareCollectionMethod(), READERS),
          rule(CollectionsGrpc.getListCollectionSharesMethod(), LIBRARIANS),
          rule(FiltersGrpc.getListFacetsMethod(), READERS),
          rule(FiltersGrpc.getPutSavedFilterMethod(), READERS),
          rule(FiltersGrpc.getListSavedFiltersMethod(), READERS),
          rule(FiltersGrpc.getDeleteSavedFilterMethod(), READERS),
          rule(LocatorsGrpc.getListPositionsMethod(), READERS),
          rule(LocatorsGrpc.getConvertLocatorsMethod(), READERS),
          rule(AnalysisGrpc.getListPassagesMethod(), READERS),
          rule(AnalysisGrpc.getListEntitiesMethod(), READERS),
          rule(AnalysisGrpc.getListMentionsMethod(), READERS),
          rule(AnalysisGrpc.getGetEntityMethod(), READERS),
          rule(AnalysisGrpc.getGetBookFactsMethod(), READERS),
          rule(AnalysisGrpc.getGetXRayMethod(), READERS),
          rule(AnalysisGrpc.getReanalyzeBookMethod(), LIBRARIANS),
          rule(AnalysisGrpc.getGetAnalysisSettingsMethod(), READERS),
          rule(AnalysisGrpc.getUpdateAnalysisSettingsMethod(), OPERATORS),
          rule(ReadingGrpc.getGetProgressMethod(), READERS),
          rule(ReadingGrpc.getUpdateProgressMethod(), READERS),
          rule(ReadingGrpc.getBatchUpdateProgressMethod(), READERS),
          rule(ReadingGrpc.getListProgressMethod(), READERS),
          rule(ReadingGrpc.getListDeviceProgressMethod(), READERS),
          rule(ReadingGrpc.getListProgressHistoryMethod(), READERS),
          rule(ReadingGrpc.getRestoreProgressMethod(), READERS),
          rule(ReadingGrpc.getCreateAnnotationMethod(), READERS),
          rule(ReadingGrpc.getGetAnnotationMethod(), READERS),
          rule(ReadingGrpc.getListAnnotationsMethod(), READERS),
          rule(ReadingGrpc.getUpdateAnnotationMethod(), READERS),
          rule(ReadingGrpc.getDeleteAnnotationMethod(), READERS),
          rule(ReadingGrpc.getExportAnnotationsMethod(), READERS),
          rule(ReadingGrpc.getRecordSessionsMethod(), READERS),
          rule(ReadingGrpc.getListSessionsMethod(), READERS),
          rule(ReadingGrpc.getGetReadingStatsMethod(), READERS),
          rule(ReadingGrpc.getGetReadingGoalMethod(), READERS),
          rule(ReadingGrpc.getUpdateReadingGoalMethod(), READERS),
          rule(ChangesGrpc.getListChangesMethod(), READERS),
          rule(ChangesGrpc.getWatchChangesMethod(), READERS),
          rule(JobsGrpc.getGetJobMethod(), READERS),
          rule(JobsGrpc.getListJobsMethod(), READERS),
          rule(JobsGrpc.getWatchJobMethod(), READERS),
          rule(JobsGrpc.getCancelJobMethod(), LIBRARIANS),
          rule(JobsGrpc.getRetryJobMethod(), LIBRARIANS),
          rule(JobsGrpc.getSubmitJobsMethod(), OPERATORS),
          rule(JobsGrpc.getGetQueueMethod(), OPERATORS),
          rule(JobsGrpc.getUpdateKindMethod(), OPERATORS),
          rule(JobsGrpc.getPutScheduleMethod(), OPERATORS),
          rule(JobsGrpc.getListSchedulesMethod(), OPERATORS),
          rule(JobsGrpc.getDeleteScheduleMethod(), OPERATORS),
          rule(FleetGrpc.getListWorkersMethod(), OPERATORS),
          rule(FleetGrpc.getWatchFleetMethod(), OPERATORS),
          rule(FleetGrpc.getQuietWorkerMethod(), OPERATORS),
          rule(FleetGrpc.getResumeWorkerMethod(), OPERATORS),
          rule(FleetGrpc.getDrainWorkerMethod(), OPERATORS),
          rule(OperationsGrpc.getGetSystemInfoMethod(), EVERYBODY),
          rule(OperationsGrpc.getClearCacheMethod(), OPERATORS),
          rule(WorkGrpc.getConnectMethod(), WORKERS),
          rule(WorkGrpc.getDownloadInputMethod(), WORKERS),
          rule(WorkGrpc.getUploadResultMethod(), WORKERS),
          rule(IdentityGrpc.getWhoAmIMethod(), READERS),
          rule(IdentityGrpc.getCreateUserMethod(), OPERATORS),
          rule(IdentityGrpc.getGetUserMethod(), READERS),
          rule(IdentityGrpc.getListUsersMethod(), OPERATORS),
          rule(IdentityGrpc.getUpdateUserMethod(), OPERATORS),
          rule(IdentityGrpc.getSetPasswordMethod(), READERS),
          rule(IdentityGrpc.getDeleteUserMethod(), OPERATORS),
          rule(IdentityGrpc.getExportUserMethod(), READERS),
          rule(IdentityGrpc.getCreateKeyMethod(), READERS),
          rule(IdentityGrpc.getListKeysMethod(), READERS),
          rule(IdentityGrpc.getRevokeKeyMethod(), READERS),
          rule(IdentityGrpc.getShareBookMethod(), LIBRARIANS),
          rule(IdentityGrpc.getUnshareBookMethod(), READERS),
          rule(IdentityGrpc.getListSharesMethod(), READERS),
          rule(IdentityGrpc.getListAuditEventsMethod(), OPERATORS));

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
          rule(CatalogGrpc.getUploadBookMethod(), 20),
          rule(CatalogGrpc.getListBooksMethod(), 5),
          rule(CatalogGrpc.getBatchGetBooksMethod(), 5),
          rule(CatalogGrpc.getSearchBooksMethod(), 5),
          rule(CatalogGrpc.getSearchTextMethod(), 20),
          rule(CatalogGrpc.getDownloadBookMethod(), 5),
          rule(CatalogGrpc.getBatchUpdateBooksMethod(), 20),
          rule(CatalogGrpc.getBatchDeleteBooksMethod(), 20),
          rule(CollectionsGrpc.getListCollectionBooksMethod(), 5),
          rule(FiltersGrpc.getListFacetsMethod(), 20),
          rule(UploadsGrpc.getFinishUploadMethod(), 20),
          rule(UploadsGrpc.getReplaceFileMethod(), 20),
          rule(CatalogGrpc.getListChaptersMethod(), 2),
          rule(LocatorsGrpc.getListPositionsMethod(), 2),
          rule(LocatorsGrpc.getConvertLocatorsMethod(), 5),
          rule(AnalysisGrpc.getListPassagesMethod(), 2),
          rule(AnalysisGrpc.getListEntitiesMethod(), 2),
          rule(ReadingGrpc.getBatchUpdateProgressMethod(), 20),
          rule(ReadingGrpc.getExportAnnotationsMethod(), 20),
          rule(IdentityGrpc.getSetPasswordMethod(), 50),
          rule(IdentityGrpc.getExportUserMethod(), 200));

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

  private static <T> Map.Entry<String, T> rule(MethodDescriptor<?, ?> method, T rule) {
    return entry(method.getFullMethodName(), rule);
  }

  private static Stream<String> methods(ServiceDescriptor service) {
    return service.getMethods().stream().map(method -> method.getFullMethodName());
  }
}
