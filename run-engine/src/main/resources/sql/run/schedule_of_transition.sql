-- Stands in place of the mark in write_transition.sql where a transition changes what a run that has not started was
-- triggered with: its delay, its version, its limits.
delay_until = :delay_until::timestamptz,
        score = :score,
        worker_version_id = :worker_version,
        max_attempts = :max_attempts,
        max_duration_seconds = :max_duration,
