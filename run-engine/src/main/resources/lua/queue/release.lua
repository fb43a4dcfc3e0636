-- Takes a run out: its slot, its lease, and its place in the queue. In the same step the next run may be claimed.
-- KEYS: n. ARGV: P, epoch, worker queue, environment, environment|queue, queue key, run, version.
-- Only what is older than the given version goes, so a late repeat never frees the slot of a newer claim.
-- Returns 1 where something was taken out.
local epoch, wq, env, eq, qk, run, version = unpack(ARGV, 2)
local g = gates(epoch, env, eq, qk, run)
if not g then return WRONG_EPOCH end
local holder = g.holder
local queue = P .. 'q:' .. qk
local changed = 0
if holder and tonumber(holder) < tonumber(version) then
  g.env_count, g.key_count = g.env_count - 1, g.key_count - 1
  redis.call('HDEL', N, 'h:' .. run)
  redis.call('HSET', N, 'c:' .. env, g.env_count, 'c:' .. qk, g.key_count)
  redis.call('ZREM', P .. 'leased', run .. ':' .. holder)
  changed = 1
elseif not holder then
  changed = redis.call('ZREM', queue, run .. ':' .. (version - 1))
end
local head = redis.call('ZRANGE', queue, 0, 0, 'WITHSCORES')
if head[1] and key_open(g) then
  redis.call('ZADD', P .. 'e:' .. env, head[2], qk)
elseif changed == 1 and not holder then
  redis.call('ZREM', P .. 'e:' .. env, qk)
end
if env_open(g) and (head[1] and key_open(g) or (g.env_count + 1 == g.env_limit and redis.call('EXISTS', P .. 'e:' .. env) == 1)) then
  redis.call('ZADD', P .. 'w:' .. wq, 'NX', 0, env)
  redis.call('PUBLISH', P .. 'wake', wq)
end
return changed
