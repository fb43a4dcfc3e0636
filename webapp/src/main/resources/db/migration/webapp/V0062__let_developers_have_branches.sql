-- A branch of a developer's own environment is theirs too.
drop index environment_owned_key;
create unique index environment_owned_key on environment (project_id, owner_id)
    where owner_id is not null and parent_id is null;
