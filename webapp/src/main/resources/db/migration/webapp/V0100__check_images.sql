-- Before a release counts, a supervisor may have to show that it can fetch and start the image. Its supervisors ask for
-- such checks; one that does not answer in time loses the check to the next.
alter table deployment
    drop constraint deployment_status_check,
    add constraint deployment_status_check check (status in ('BUILDING', 'DEPLOYING', 'DEPLOYED', 'FAILED')),
    add column check_state text check (check_state in ('WANTED', 'TAKEN', 'PASSED', 'FAILED')),
    add column check_wanted_at timestamptz,
    add column check_taken_at timestamptz,
    add column checked_by text,
    add column failure text,
    add column promotes boolean not null default true,
    add check ((status = 'FAILED') = (failure is not null));

create index deployment_check_wanted_at_idx on deployment (check_wanted_at)
    where check_state is not null and status = 'DEPLOYING';
