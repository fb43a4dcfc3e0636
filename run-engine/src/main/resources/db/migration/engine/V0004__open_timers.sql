-- A timer may be about a run, a waitpoint, a batch or a schedule; which kinds there are, the engine's code knows.
alter table timer rename column run_id to subject_id;
alter table timer drop constraint timer_kind_check;
