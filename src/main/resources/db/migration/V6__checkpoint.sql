-- States from which unfinished jobs go on; the newest two of each job. The files lie in the data folder.
create table training_checkpoint (
    file        varchar(128)             not null primary key,
    job_id      varchar(40)              not null references training_job (id),
    attempt     integer                  not null,
    fingerprint varchar(64)              not null,
    epochs      integer                  not null,
    steps       bigint                   not null,
    sha256      varchar(64)              not null,
    bytes       bigint                   not null,
    created_at  timestamp with time zone not null
);
create index training_checkpoint_job on training_checkpoint (job_id);

alter table training_job add column resumed_from_epoch integer;

-- The version of its model that a job makes again, and whether it came out the same.
alter table training_job add column reproduces integer;
alter table training_job add column identical boolean;
