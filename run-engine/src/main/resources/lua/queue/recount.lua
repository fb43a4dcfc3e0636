-- Counts the runs in an environment's resume lane anew. Looks at all keys, so it is called only where the count is off.
-- KEYS: n. ARGV: P, epoch, environment.
-- Returns 1 where the count was wrong.
local epoch, env = unpack(ARGV, 2, 3)
if redis.call('HGET', N, 'epoch') ~= epoch then return WRONG_EPOCH end
local sum = 0
for _, key in ipairs(redis.call('KEYS', waiting(RESUME, env .. '|*'))) do sum = sum + redis.call('ZCARD', key) end
if tonumber(redis.call('HGET', N, 'r:' .. env) or 0) == sum then return 0 end
redis.call('HSET', N, 'r:' .. env, sum)
return 1
