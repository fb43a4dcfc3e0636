-- Beside the installation's own worker group, which has no organization, organizations have groups whose supervisors take the
-- runs of their environments alone. Tokens can be told apart, so that one can be ended while another goes on.

alter table worker_group add column organization_id uuid references organization;
alter table worker_group_token add column id uuid not null default gen_random_uuid() unique;
alter table worker_group_token add column last_four text;

-- Where an environment's runs go unless workers of its own have its code; what it comes back to after these.
alter table environment add column supervisor_queue text;
update environment set supervisor_queue = case when worker_queue like 'environment-%' then 'main' else worker_queue end;
alter table environment alter column supervisor_queue set not null;
