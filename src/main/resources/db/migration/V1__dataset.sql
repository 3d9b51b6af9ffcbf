-- One row for each table that a user has uploaded; its values are in the Parquet file blob_key.
create table dataset (
    id          varchar(64)              not null primary key,
    name        varchar(64)              not null unique,
    row_count   bigint                   not null,
    columns     text                     not null,
    sha256      varchar(64)              not null,
    byte_count  bigint                   not null,
    created_at  timestamp with time zone not null,
    inferred    text                     not null,
    blob_key    varchar(128)             not null,
    blob_sha256 varchar(64)              not null,
    blob_bytes  bigint                   not null
);
