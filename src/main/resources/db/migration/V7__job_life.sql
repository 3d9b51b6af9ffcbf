-- deaths: attempts that ended with the death of their worker since one got any further.
-- Of jobs that wait, the one of the highest priority is the next; scoring jobs have 0.
alter table training_job add column deaths integer default 0 not null;
alter table training_job add column priority smallint default 0 not null;
alter table training_job add column deadline timestamp with time zone;
-- A JSON document: the model whose weights the training begins with.
alter table training_job add column warm_start text;
alter table scoring_job add column deaths integer default 0 not null;

-- db-scheduler gave places a priority of its own so far, which it did not look at.
update scheduled_tasks set priority = 0;
alter table scheduled_tasks alter column priority set default 0;
alter table scheduled_tasks alter column priority set not null;

-- Who asked for the job that has the place, as long as it has one.
alter table scheduled_tasks add column caller varchar(64);
-- Whoever accepts a job holds the one row, so that no two count the queue at the same moment.
create table queue_gate (
    id integer not null primary key
);
insert into queue_gate (id) values (1);
