-- Whether a run waits for the batch: its items then bring their outputs to that run.
alter table batch add column is_awaited boolean not null default false;
