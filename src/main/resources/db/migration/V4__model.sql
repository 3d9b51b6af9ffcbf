-- One row per name: hands out version numbers, which are never used twice.
create table model (
    name           varchar(64) not null primary key,
    latest_version integer     not null
);

create table model_version (
    name           varchar(64)              not null references model (name),
    version        integer                  not null,
    job_id         varchar(40)              not null,
    network        text                     not null,
    model_schema   text                     not null,
    evaluation     text                     not null,
    provenance     text                     not null,
    weights_sha256 varchar(64)              not null,
    weights_file   varchar(128)             not null,
    bytes          bigint                   not null,
    created_at     timestamp with time zone not null,
    primary key (name, version)
);
create index model_version_job on model_version (job_id);
