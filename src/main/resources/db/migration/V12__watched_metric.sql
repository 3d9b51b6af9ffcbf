-- The figure of the validation rows that the stopping rule watches; null where that is the loss, and in older histories.
alter table training_job_loss add column metric double precision;
