-- Lists of runs are read along an environment's index, newest first, which is quick where many runs pass the filter. These
-- are for filters that few runs pass. They cost an ordinary run nothing: it is in none of them but the first, which
-- remembers the tasks of many pages together.

create index run_task_idx on run using brin (task_id text_bloom_ops) with (pages_per_range = 16, autosummarize = on);
create index run_tags_idx on run using gin (tags) where tags <> '{}';
create index run_test_idx on run (environment_id, id desc) where is_test;

create index run_state_early_idx on run_state (environment_id, run_id desc) where execution in ('DELAYED', 'RUN_CREATED');
create index run_state_unsuccessful_idx on run_state (environment_id, status, run_id desc)
    where execution = 'FINISHED' and status <> 'COMPLETED_SUCCESSFULLY';
