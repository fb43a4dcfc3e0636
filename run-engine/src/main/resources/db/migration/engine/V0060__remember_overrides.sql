-- Since when an operator's limit holds, and who set it: whoever meets a changed limit asks that first. Limits that were
-- set before this column came have no time.

alter table task_queue
    add column overridden_at timestamptz,
    add column overridden_by text;
