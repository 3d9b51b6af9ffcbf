-- The job's row is the truth; scheduled_tasks only says whose turn it is.
create table training_job (
    id               varchar(40)              not null primary key,
    dataset_id       varchar(40)              not null,
    dataset_sha256   varchar(64)              not null,
    network_id       varchar(40),
    model_name       varchar(64)              not null,
    recipe           text                     not null,
    status           varchar(16)              not null,
    attempt          integer                  not null,
    phase            varchar(16),
    epoch            integer                  not null,
    train_loss       double precision,
    validation_loss  double precision,
    best_epoch       integer,
    created_at       timestamp with time zone not null,
    started_at       timestamp with time zone,
    finished_at      timestamp with time zone,
    stop_reason      varchar(32),
    stop_detail      text,
    error_code       varchar(64),
    error_detail     text,
    model_version    integer
);
create index training_job_status on training_job (status, id);
create index training_job_dataset on training_job (dataset_id, status);

create table training_job_transition (
    job_id   varchar(40)              not null references training_job (id),
    position integer                  not null,
    status   varchar(16)              not null,
    at_time  timestamp with time zone not null,
    primary key (job_id, position)
);

create table training_job_loss (
    job_id          varchar(40)      not null references training_job (id),
    epoch           integer          not null,
    train_loss      double precision not null,
    validation_loss double precision,
    learning_rate   double precision not null,
    grad_norm       double precision not null,
    seconds         double precision not null,
    primary key (job_id, epoch)
);

-- As db-scheduler 16 wants it; priority is there for later.
create table scheduled_tasks (
    task_name            varchar(100)             not null,
    task_instance        varchar(100)             not null,
    task_data            bytea,
    execution_time       timestamp with time zone not null,
    picked               boolean                  not null,
    picked_by            varchar(50),
    last_success         timestamp with time zone,
    last_failure         timestamp with time zone,
    consecutive_failures integer,
    last_heartbeat       timestamp with time zone,
    version              bigint                   not null,
    priority             smallint,
    primary key (task_name, task_instance)
);
create index scheduled_tasks_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on scheduled_tasks (last_heartbeat);
