-- What a deployment is called outside, such as the commit that it was built from. Runs may ask for it by that name.
alter table deployment add column external_id text check (length(external_id) between 1 and 128);

create index deployment_external_id_idx on deployment (environment_id, external_id, id desc)
    where external_id is not null;
