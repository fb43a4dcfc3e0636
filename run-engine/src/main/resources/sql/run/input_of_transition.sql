-- Stands in place of the mark in write_transition.sql where a transition replaces the input of a run.
, replaced as (
    update run
    set payload = :payload,
        payload_type = :payload_type,
        metadata = coalesce(:metadata, metadata),
        metadata_version = case when :metadata::text is null then metadata_version end,
        seed_metadata = case when :metadata::text is null then seed_metadata end,
        tags = case when cardinality(:tags::text[]) = 0 then tags else :tags::text[] end
    where id in (select run_id from moved)
)
