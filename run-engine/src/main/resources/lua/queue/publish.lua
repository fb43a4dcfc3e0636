-- Puts a run into its queue. Repeating it, or doing it late, changes nothing.
-- KEYS: n. ARGV: P, epoch, worker queue, environment, environment|queue, queue key, run, version, score, force.
-- force '1' gives back a claim of this very version (its claimer died before the database confirmed it).
-- Returns 1 where the run is in its queue now, 0 where this or a newer version already holds a slot.
local epoch, wq, env, eq, qk, run, version, score, force = unpack(ARGV, 2)
local g = gates(epoch, env, eq, qk, run)
if not g then return WRONG_EPOCH end
local holder = g.holder
if holder then
  if tonumber(holder) > tonumber(version) or (tonumber(holder) == tonumber(version) and force ~= '1') then return 0 end
  g.env_count, g.key_count = g.env_count - 1, g.key_count - 1
  redis.call('HDEL', N, 'h:' .. run)
  redis.call('HSET', N, 'c:' .. env, g.env_count, 'c:' .. qk, g.key_count)
  redis.call('ZREM', P .. 'leased', run .. ':' .. holder)
end
redis.call('ZADD', P .. 'q:' .. qk, score, run .. ':' .. version)
if holder then
  local head = redis.call('ZRANGE', P .. 'q:' .. qk, 0, 0, 'WITHSCORES')
  score = head[2]
end
if key_open(g) then
  redis.call('ZADD', P .. 'e:' .. env, 'LT', score, qk)
end
if env_open(g) and (key_open(g) or redis.call('EXISTS', P .. 'e:' .. env) == 1) then
  redis.call('ZADD', P .. 'w:' .. wq, 'NX', 0, env)
  redis.call('PUBLISH', P .. 'wake', wq)
end
return 1
