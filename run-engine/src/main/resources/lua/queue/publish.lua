-- Puts a run into its queue. Repeating it, or doing it late, changes nothing.
-- KEYS: n. ARGV: P, epoch, worker queue, environment, environment|queue, queue key, run, version, lane, score.
-- Returns 1 where the run is in its queue now, 0 where this or a newer version already holds a slot.
local epoch, wq, env, eq, qk, run, version, lane, score = unpack(ARGV, 2)
local g = gates(epoch, wq, env, eq, qk, run)
if not g then return WRONG_EPOCH end
if g.holder then
  if tonumber(g.holder) >= tonumber(version) then return 0 end
  free(g, run)
end
if g.resumes > 0 and lane == START then withdraw(g, RESUME, run, version - 1) end
local added = redis.call('ZADD', waiting(lane, qk), score, run .. ':' .. version)
if lane == RESUME and added == 1 then g.resumes = redis.call('HINCRBY', N, 'r:' .. env, 1) end
if g.holder then
  reopen_all(g)
  return 1
end
local open = key_open(g)
if open then redis.call('ZADD', g.cap and keys_of(lane, eq) or index(lane, env), 'LT', score, qk) end
if open and g.cap then open = place_queue(g, lane) end
if open and env_open(g) then give_turn(g, lane) end
return 1
