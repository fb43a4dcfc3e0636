-- jsonb sorts the members of an object by length; the form of a task's payload shows them as its author wrote them.
alter table background_worker_task alter column definition type text using definition::text;
