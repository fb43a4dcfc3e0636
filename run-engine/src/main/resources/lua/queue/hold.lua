-- Lets a run hold the slot that the database says it holds. Where it holds one, nothing changes.
-- KEYS: n. ARGV: P, epoch, worker queue, environment, environment|queue, queue key, run, version that was queued.
-- Returns 1 where the slot was missing.
local epoch, wq, env, eq, qk, run, version = unpack(ARGV, 2)
local g = gates(epoch, wq, env, eq, qk, run)
if not g then return WRONG_EPOCH end
if g.holder then return 0 end
for _, lane in ipairs({ RESUME, START }) do withdraw(g, lane, run, version) end
count(g, 1, 'h:' .. run, version)
for _, lane in ipairs({ RESUME, START }) do place(g, lane, head(lane, qk)) end
return 1
