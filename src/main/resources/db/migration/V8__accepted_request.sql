-- What requests with an Idempotency-Key made; target is the method and the path, sha256 that of the query and the body.
-- Rows are written with what they tell of, in one transaction, and forgotten after a day.
create table accepted_request (
    target          varchar(256)             not null,
    idempotency_key varchar(255)             not null,
    sha256          varchar(64)              not null,
    resource_id     varchar(64)              not null,
    is_new          boolean                  not null,
    accepted_at     timestamp with time zone not null,
    primary key (target, idempotency_key)
);
create index accepted_request_accepted_at on accepted_request (accepted_at);
