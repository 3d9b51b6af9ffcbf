-- A job of jobs, one for each fold. As with search the row is the truth.
create table cross_validation (
    id           varchar(40)              not null primary key,
    submission   text                     not null,
    status       varchar(16)              not null,
    attempt      integer                  not null,
    deaths       integer default 0        not null,
    transitions  text                     not null,
    created_at   timestamp with time zone not null,
    started_at   timestamp with time zone,
    finished_at  timestamp with time zone,
    error_code   varchar(64),
    error_detail text
);
create index cross_validation_status on cross_validation (status, id);

-- The folds that have begun.
create table cross_validation_fold (
    cross_validation_id varchar(40) not null references cross_validation (id),
    fold                integer     not null,
    job_id              varchar(40) not null,
    primary key (cross_validation_id, fold)
);
