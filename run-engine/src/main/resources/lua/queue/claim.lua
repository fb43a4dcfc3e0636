-- Takes up to n runs for a worker: each gets a slot and a lease, none is forgotten if the claimer dies here.
-- KEYS: n. ARGV: P, epoch, worker queue, n, now (microseconds, orders the turns of environments), lease deadline (ms).
-- Returns 'run:version' for each claim.
local epoch, wq, wanted, now, deadline = unpack(ARGV, 2)
local turns = P .. 'w:' .. wq
local claimed = {}
while #claimed < tonumber(wanted) do
  local env = redis.call('ZRANGE', turns, 0, 0)[1]
  if not env then break end
  local keys = redis.call('ZRANGE', P .. 'e:' .. env, 0, 1)
  local qk = keys[1]
  if not qk then
    redis.call('ZREM', turns, env)
  else
    local eq = string.match(qk, '^[^|]*|[^|]*')
    local g = gates(epoch, env, eq, qk)
    if not g then return WRONG_EPOCH end
    local popped = nil
    if not env_open(g) then
      redis.call('ZREM', turns, env)
    elseif not key_open(g) then
      redis.call('ZREM', P .. 'e:' .. env, qk)
    else
      popped = redis.call('ZPOPMIN', P .. 'q:' .. qk)[1]
      if popped then
        local run, version = string.match(popped, '^(.-):(%d+)$')
        if redis.call('HSETNX', N, 'h:' .. run, version) == 1 then
          g.env_count, g.key_count = g.env_count + 1, g.key_count + 1
          redis.call('HSET', N, 'c:' .. env, g.env_count, 'c:' .. qk, g.key_count)
          redis.call('ZADD', P .. 'leased', deadline, popped)
          claimed[#claimed + 1] = popped
        end
      end
      local head = redis.call('ZRANGE', P .. 'q:' .. qk, 0, 0, 'WITHSCORES')
      local key_goes_on = head[1] and key_open(g)
      if key_goes_on then
        redis.call('ZADD', P .. 'e:' .. env, head[2], qk)
      else
        redis.call('ZREM', P .. 'e:' .. env, qk)
      end
      if env_open(g) and (key_goes_on or keys[2]) then
        redis.call('ZADD', turns, now + #claimed, env)
      else
        redis.call('ZREM', turns, env)
      end
    end
  end
end
if #claimed == 0 and redis.call('HGET', N, 'epoch') ~= epoch then return WRONG_EPOCH end
return claimed
