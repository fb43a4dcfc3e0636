-- Makes a waitpoint, unless its key leads to an earlier one; an expired key leads to the new one from now on. Returns the
-- waitpoint that the caller gets.
with held as (
    insert into waitpoint_key as k (environment_id, kind, key_hash, waitpoint_id, expires_at)
    select :environment, :kind, sha256(convert_to(:key, 'UTF8')), :id, :key_expires_at::timestamptz
    where :key::text is not null
    on conflict (environment_id, kind, key_hash) do update set
        waitpoint_id = case when k.expires_at <= :at then excluded.waitpoint_id else k.waitpoint_id end,
        expires_at = case when k.expires_at <= :at then excluded.expires_at else k.expires_at end
    returning waitpoint_id
), made as (
    insert into waitpoint (
        id, environment_id, kind, due_at, idempotency_key, key_expires_at, tags, created_at, status, completed_at)
    select
        :id, :environment, :kind, :due_at::timestamptz, :key, :key_expires_at::timestamptz, :tags, :at, :status,
        :completed_at::timestamptz
    where :key::text is null or exists (select 1 from held where waitpoint_id = :id)
    returning id, status, due_at
), armed as (
    insert into timer (kind, subject_id, due_at)
    select 'WAITPOINT', id, due_at
    from made
    where status = 'PENDING' and due_at is not null
)
select coalesce((select waitpoint_id from held), :id)
