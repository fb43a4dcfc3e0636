-- Drops members of a queue key that stand for nothing; another version of their run stays.
-- KEYS: n. ARGV: P, epoch, lane, environment, queue key, then the members.
-- Returns how many were there.
local epoch, lane, env, qk = unpack(ARGV, 2, 5)
if redis.call('HGET', N, 'epoch') ~= epoch then return WRONG_EPOCH end
local dropped = redis.call('ZREM', waiting(lane, qk), unpack(ARGV, 6))
if lane == RESUME and dropped > 0 then redis.call('HINCRBY', N, 'r:' .. env, -dropped) end
return dropped
