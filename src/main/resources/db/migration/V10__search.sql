-- What a training job is a part of, as of a search. Such a job publishes no model; how good it was is told here instead, a
-- JSON document.
alter table training_job add column parent_id varchar(40);
alter table training_job add column evaluation text;
create index training_job_parent on training_job (parent_id);

-- A job of jobs. As with training_job the row is the truth; submission and transitions are JSON documents.
create table search (
    id             varchar(40)              not null primary key,
    submission     text                     not null,
    status         varchar(16)              not null,
    attempt        integer                  not null,
    deaths         integer default 0        not null,
    transitions    text                     not null,
    created_at     timestamp with time zone not null,
    started_at     timestamp with time zone,
    finished_at    timestamp with time zone,
    publishing_job varchar(40),
    model_version  integer,
    error_code     varchar(64),
    error_detail   text
);
create index search_status on search (status, id);

-- The trials that have been begun; settings is a JSON document. One that could not become a job has an error.
create table search_trial (
    search_id    varchar(40) not null references search (id),
    rung         integer     not null,
    trial_number integer     not null,
    epochs       integer,
    settings     text        not null,
    job_id       varchar(40),
    error_code   varchar(64),
    error_detail text,
    primary key (search_id, rung, trial_number)
);
