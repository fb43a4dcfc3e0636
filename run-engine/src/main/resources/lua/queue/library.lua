-- Shared by every script of the run queue; each is loaded with this text in front of it.
--
-- All keys begin with the prefix P, whose braces keep them on one cluster node. A lane is '' for runs that wait for a
-- worker and '~' for runs that have one and wait only for a slot; limits and counts are shared by both.
--   P..'n'        hash: epoch; c:<scope> slots in use; l:<scope> limit; p:<scope> paused; h:<run> version that holds a slot;
--                 b:<env> most slots of one queue key; t:<queue> most slots of all keys of a queue; r:<env> runs in the
--                 resume lane; v:<wq> turn that was given last; s<lane>:<env> turn that an environment has next.
--                 A scope is an environment, 'environment|queue', or 'environment|queue|key'.
--   P..'w:'..wq   zset: environments of a worker queue that may start a run now, by their turn; '~resume' for the lane
--   P..'e'..lane..':'..env   zset: what may start a run now, by the score of its first run: queue keys, and in place of
--                 the keys of a queue with a limit over all of them, the queue
--   P..'k'..lane..':'..eq    zset: the keys of such a queue that their own limit leaves open
--   P..'q'..lane..':'..qk    zset: runs of a queue key, 'run:version', by score
--   P..'leased'   zset: claims that the database has not outlived yet, 'run:version', by deadline
-- Counts change only together with an h: field, so a script that is repeated changes nothing.

local N, P = KEYS[1], ARGV[1]
local START, RESUME, RESUME_QUEUE = '', '~', '~resume'
local WRONG_EPOCH = { err = 'WRONGEPOCH Redis was filled in another epoch' }

-- Reads everything that decides whether a queue key may start a run, and which version of a run holds a slot; nothing where
-- Redis was filled in another epoch.
local function gates(expected, wq, env, eq, qk, run)
  local v = redis.call('HMGET', N, 'epoch', 'c:' .. env, 'l:' .. env, 'p:' .. env, 'b:' .. env, 'c:' .. eq, 't:' .. eq,
    'p:' .. eq, 'c:' .. qk, 'l:' .. eq, 'r:' .. env, 'h:' .. (run or ''), 'v:' .. wq, 's:' .. env, 'v:' .. RESUME_QUEUE,
    's~:' .. env)
  if v[1] ~= expected then return nil end
  return {
    wq = wq, env = env, eq = eq, qk = qk,
    env_count = tonumber(v[2] or 0), env_limit = tonumber(v[3] or 0), env_paused = v[4],
    base = tonumber(v[5] or math.huge), queue_count = tonumber(v[6] or 0), cap = tonumber(v[7] or nil),
    queue_paused = v[8], key_count = tonumber(v[9] or 0), key_limit = tonumber(v[10] or math.huge),
    resumes = tonumber(v[11] or 0), holder = v[12],
    turn = {
      [START] = math.max(tonumber(v[13] or 0), tonumber(v[14] or 0)),
      [RESUME] = math.max(tonumber(v[15] or 0), tonumber(v[16] or 0)),
    },
  }
end

local function env_open(g) return not g.env_paused and g.env_count < g.env_limit end
local function key_open(g) return not g.queue_paused and g.key_count < math.min(g.key_limit, g.base) end
local function cap_open(g) return not g.cap or g.queue_count < g.cap end

local function waiting(lane, qk) return P .. 'q' .. lane .. ':' .. qk end
local function index(lane, env) return P .. 'e' .. lane .. ':' .. env end
local function keys_of(lane, eq) return P .. 'k' .. lane .. ':' .. eq end

-- Takes a slot (1) or gives one back (-1), and writes further fields with that.
local function count(g, by, ...)
  g.env_count, g.queue_count, g.key_count = g.env_count + by, g.queue_count + by, g.key_count + by
  redis.call('HSET', N, 'c:' .. g.env, g.env_count, 'c:' .. g.eq, g.queue_count, 'c:' .. g.qk, g.key_count, ...)
end

-- Frees the slot that a run holds.
local function free(g, run)
  count(g, -1)
  redis.call('HDEL', N, 'h:' .. run)
  redis.call('ZREM', P .. 'leased', run .. ':' .. g.holder)
end

-- Puts a queue with a limit over all its keys into the index of its environment, or takes it out; says whether it is in.
local function place_queue(g, lane)
  local first = cap_open(g) and redis.call('ZRANGE', keys_of(lane, g.eq), 0, 0, 'WITHSCORES')
  if first and first[1] then
    redis.call('ZADD', index(lane, g.env), first[2], g.eq)
    return true
  end
  redis.call('ZREM', index(lane, g.env), g.eq)
  return false
end

-- Puts a queue key where it belongs by the score of its first run (none where it is empty); says whether it may start one.
local function place(g, lane, score)
  local open = score and key_open(g)
  local zset = g.cap and keys_of(lane, g.eq) or index(lane, g.env)
  if open then redis.call('ZADD', zset, score, g.qk) else redis.call('ZREM', zset, g.qk) end
  if g.cap then return place_queue(g, lane) end
  return open
end

-- The score of a queue key's first run, or nothing.
local function head(lane, qk)
  return redis.call('ZRANGE', waiting(lane, qk), 0, 0, 'WITHSCORES')[2]
end

-- Lets an environment have its turn, and wakes who may serve it.
local function give_turn(g, lane)
  local wq = lane == RESUME and RESUME_QUEUE or g.wq
  redis.call('ZADD', P .. 'w:' .. wq, 'NX', g.turn[lane], g.env)
  redis.call('PUBLISH', P .. 'wake', wq)
end

-- Opens what a freed slot opens, in one lane.
local function reopen(g, lane)
  local score = head(lane, g.qk)
  local open = (score or g.cap) and place(g, lane, score)
  local was_full = g.env_count + 1 == g.env_limit
  if env_open(g) and (open or was_full and redis.call('EXISTS', index(lane, g.env)) == 1) then give_turn(g, lane) end
end

-- Opens what a freed slot opens: runs that have a worker first.
local function reopen_all(g)
  if g.resumes > 0 then reopen(g, RESUME) end
  reopen(g, START)
end

-- Takes a version of a run out of a lane; says whether it was there.
local function withdraw(g, lane, run, version)
  local removed = redis.call('ZREM', waiting(lane, g.qk), run .. ':' .. version) == 1
  if removed and lane == RESUME then g.resumes = redis.call('HINCRBY', N, 'r:' .. g.env, -1) end
  return removed
end
