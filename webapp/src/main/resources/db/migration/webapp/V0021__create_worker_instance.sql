-- Supervisors that called: who could take a run, for the dashboard and for the sentence that says why a run waits.
create table worker_instance (
    worker_group text not null,
    name text not null,
    version text,
    workload_manager text,
    details jsonb not null default '{}',
    cpu_available double precision,
    memory_available double precision,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    primary key (worker_group, name)
);
