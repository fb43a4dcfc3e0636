-- Takes a run out: its slot, its lease, and its place in the queue. In the same step the next run may be claimed.
-- KEYS: n. ARGV: P, epoch, worker queue, environment, environment|queue, queue key, run, version.
-- Only what is older than the given version goes, so a late repeat never frees the slot of a newer claim.
-- Returns 1 where something was taken out.
local epoch, wq, env, eq, qk, run, version = unpack(ARGV, 2)
local g = gates(epoch, wq, env, eq, qk, run)
if not g then return WRONG_EPOCH end
if g.holder then
  if tonumber(g.holder) >= tonumber(version) then return 0 end
  free(g, run)
  reopen_all(g)
  return 1
end
if withdraw(g, START, run, version - 1) then
  place(g, START, head(START, qk))
  return 1
end
if g.resumes > 0 and withdraw(g, RESUME, run, version - 1) then
  place(g, RESUME, head(RESUME, qk))
  return 1
end
return 0
