-- Stands in place of the mark in write_transition.sql where a run goes back to other workers than it came from.
worker_queue = :worker_queue,
