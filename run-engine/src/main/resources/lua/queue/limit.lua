-- Sets the limit and the pause of an environment or a queue and opens or closes what depends on it.
-- KEYS: n. ARGV: P, epoch, worker queue, environment, scope (environment or environment|queue), limit ('' for none),
-- paused ('1' or ''), then the queue keys that have runs waiting.
local epoch, wq, env, scope, limit, paused = unpack(ARGV, 2, 7)
if redis.call('HGET', N, 'epoch') ~= epoch then return WRONG_EPOCH end
if limit == '' then redis.call('HDEL', N, 'l:' .. scope) else redis.call('HSET', N, 'l:' .. scope, limit) end
if paused == '' then redis.call('HDEL', N, 'p:' .. scope) else redis.call('HSET', N, 'p:' .. scope, paused) end
local open = false
for i = 8, #ARGV do
  local qk = ARGV[i]
  local g = gates(epoch, env, string.match(qk, '^[^|]*|[^|]*'), qk)
  local head = redis.call('ZRANGE', P .. 'q:' .. qk, 0, 0, 'WITHSCORES')
  if head[1] and key_open(g) then
    redis.call('ZADD', P .. 'e:' .. env, head[2], qk)
    open = env_open(g)
  else
    redis.call('ZREM', P .. 'e:' .. env, qk)
  end
end
if open then
  redis.call('ZADD', P .. 'w:' .. wq, 'NX', 0, env)
  redis.call('PUBLISH', P .. 'wake', wq)
end
return 1
