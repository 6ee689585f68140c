-- The sweep of unused blobs asks which results are still named by an outcome.
create index outcome_result on outcome (result_sha256) where result_sha256 is not null;
