-- Runs that wait, for the comparison with what they wait for.
create index run_state_waiting_idx on run_state (run_id) where execution in ('EXECUTING_WITH_WAITPOINTS', 'SUSPENDED');
