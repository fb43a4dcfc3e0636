-- Takes up to n runs for a worker: each gets a slot and a lease, none is forgotten if the claimer dies here.
-- KEYS: n. ARGV: P, epoch, worker queue, lane, n, lease deadline (ms).
-- Environments take turns, one run a turn. Where runs that have a worker could use the slots, those are taken first, and
-- beyond n: the claimer admits them.
-- Returns lane..'run:version' for each claim.
local epoch, wq, lane, wanted, deadline = unpack(ARGV, 2)
local turns = P .. 'w:' .. wq
local most_resumed = 100
local claimed, wrong_epoch = {}, false
local resumed = {}

-- Takes a run from a queue key; what is left of the key is placed by its next run. The fields are those of the turn.
local function pop(g, from, ...)
  local popped = redis.call('ZPOPMIN', waiting(from, g.qk))[1]
  if popped then
    if from == RESUME then g.resumes = redis.call('HINCRBY', N, 'r:' .. g.env, -1) end
    local run, version = string.match(popped, '^(.-):(%d+)$')
    if redis.call('HSETNX', N, 'h:' .. run, version) == 1 then
      count(g, 1, ...)
      redis.call('ZADD', P .. 'leased', deadline, popped)
      claimed[#claimed + 1] = from .. popped
      g.taken = true
    end
  end
  g.goes_on = place(g, from, head(from, g.qk)) or g.others
end

-- Finds the first queue key of an environment's lane and reads its gates; nothing where the lane has none. Entries that
-- limits have closed, or that a changed limit left in the wrong place, are put right on the way.
local function first(env, from)
  while true do
    local entries = redis.call('ZRANGE', index(from, env), 0, 1)
    local entry = entries[1]
    if not entry then return nil end
    local eq = string.match(entry, '^[^|]*|[^|]*')
    local qk = entry
    if entry == eq then qk = redis.call('ZRANGE', keys_of(from, eq), 0, 0)[1] end
    if not qk then
      redis.call('ZREM', index(from, env), eq)
    else
      local g = gates(epoch, wq, env, eq, qk)
      if not g then
        wrong_epoch = true
        return nil
      end
      g.others = entries[2]
      if (entry == eq) == (g.cap ~= nil) then
        if not env_open(g) or key_open(g) and cap_open(g) then return g end
        place(g, from, head(from, qk))
      elseif g.cap then
        redis.call('ZREM', index(from, env), qk)
        place(g, from, head(from, qk))
      else
        redis.call('ZREM', keys_of(from, eq), qk)
        place(g, from, head(from, qk))
      end
    end
  end
end

-- Takes the runs of an environment that have a worker, as far as there are slots.
local function resume(env)
  resumed[env] = true
  for _ = 1, most_resumed do
    local g = first(env, RESUME)
    if not g or not env_open(g) then return end
    pop(g, RESUME)
  end
end

local taken = 0
while taken < tonumber(wanted) do
  local turn = redis.call('ZRANGE', turns, 0, 0, 'WITHSCORES')
  local env = turn[1]
  if not env then break end
  local g = first(env, lane)
  if wrong_epoch then return WRONG_EPOCH end
  if not g or not env_open(g) then
    redis.call('ZREM', turns, env)
  elseif lane == START and g.resumes > 0 and not resumed[env] then
    resume(env)
  else
    pop(g, lane, 'v:' .. wq, turn[2], 's' .. lane .. ':' .. env, turn[2] + 1)
    if g.taken then taken = taken + 1 end
    if env_open(g) and g.goes_on then
      redis.call('ZADD', turns, turn[2] + (g.taken and 1 or 0), env)
    else
      redis.call('ZREM', turns, env)
    end
  end
end
if #claimed == 0 and redis.call('HGET', N, 'epoch') ~= epoch then return WRONG_EPOCH end
return claimed
