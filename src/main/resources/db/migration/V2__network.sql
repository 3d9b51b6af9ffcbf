-- One row for each network that a user has named; spec is a JSON document.
create table network (
    id         varchar(64)              not null primary key,
    name       varchar(64)              not null unique,
    spec       text                     not null,
    created_at timestamp with time zone not null
);
