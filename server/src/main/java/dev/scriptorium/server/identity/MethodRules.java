package dev.scriptorium.server.identity;

import static dev.scriptorium.server.wire.Role.LIBRARIAN;
import static dev.scriptorium.server.wire.Role.OPERATOR;
import static dev.scriptorium.server.wire.Role.READER;
import static dev.scriptorium.server.wire.Role.WORKER;
import static java.util.Map.entry;

import dev.scriptorium.server.wire.Role;
import dev.scriptorium.v1.AnalysisGrpc;
import dev.scriptorium.v1.CatalogGrpc;
import dev.scriptorium.v1.ChangesGrpc;
import dev.scriptorium.v1.FleetGrpc;
import dev.scriptorium.v1.JobsGrpc;
import dev.scriptorium.v1.OperationsGrpc;
import dev.scriptorium.v1.ReadingGrpc;
import dev.scriptorium.worker.v1.WorkGrpc;
import java.util.Map;
import java.util.Set;

/** Which roles may call which method. What is not in the table, nobody may call. */
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
          entry(CatalogGrpc.getGetLibraryTotalsMethod().getFullMethodName(), READERS),
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
          entry(WorkGrpc.getUploadResultMethod().getFullMethodName(), WORKERS));

  private MethodRules() {}

  /**
   * The roles that may call a method; none for an unknown one.
   *
   * @param fullMethodName for example {@code scriptorium.v1.Catalog/GetBook}
   */
  public static Set<Role> roles(String fullMethodName) {
    return TABLE.getOrDefault(fullMethodName, Set.of());
  }
}
