-- Lists of the runs of one queue, or of one size of machine. As with tasks, what most runs share is found by walking back
-- from the newest run, and what few have by these, which are small and cost an update of a run nothing that counts.
create index run_state_queue_idx on run_state using brin (queue text_bloom_ops) with (pages_per_range = 16, autosummarize = on);
create index run_state_machine_idx on run_state using brin (machine text_bloom_ops) with (pages_per_range = 16, autosummarize = on);
