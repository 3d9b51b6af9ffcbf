-- What a dataset was made from that nobody has uploaded: a JSON document.
alter table dataset add column derived_from text;

-- As with training_job the row is the truth; submission, warnings and transitions are JSON documents: the few transitions
-- are only ever read and written with their job.
create table scoring_job (
    id           varchar(40)              not null primary key,
    dataset_id   varchar(40)              not null,
    submission   text                     not null,
    status       varchar(16)              not null,
    attempt      integer                  not null,
    rows_done    bigint                   not null,
    warnings     text                     not null,
    transitions  text                     not null,
    created_at   timestamp with time zone not null,
    started_at   timestamp with time zone,
    finished_at  timestamp with time zone,
    result_id    varchar(40),
    error_code   varchar(64),
    error_detail text
);
-- Names that unfinished jobs will give to their results: the key lets one job have each.
create table reserved_name (
    name   varchar(64) not null primary key,
    job_id varchar(40) not null
);

create index scoring_job_status on scoring_job (status, id);
create index scoring_job_dataset on scoring_job (dataset_id, status);
