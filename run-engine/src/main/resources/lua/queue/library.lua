-- Shared by every script of the run queue; each is loaded with this text in front of it.
--
-- All keys begin with the prefix P, whose braces keep them on one cluster node:
--   P..'n'       hash: epoch; c:<scope> slots in use; l:<scope> limit; p:<scope> paused; h:<run> version that holds a slot.
--                A scope is an environment, 'environment|queue', or 'environment|queue|key'.
--   P..'w:'..wq  zset: environments of a worker queue that may start a run now, by the time that they last got a turn
--   P..'e:'..env zset: queue keys of an environment that may start a run now, by the score of their first run
--   P..'q:'..qk  zset: runs of a queue key, 'run:version', by score
--   P..'leased'  zset: claims that the database has not outlived yet, 'run:version', by deadline
-- Counts change only together with an h: field, so a script that is repeated changes nothing.

local N, P = KEYS[1], ARGV[1]

-- Reads everything that decides whether a queue key may start a run, and which version of a run holds a slot; nothing where
-- Redis was filled in another epoch.
local function gates(expected, env, eq, qk, run)
  local v = redis.call('HMGET', N, 'epoch', 'c:' .. env, 'l:' .. env, 'p:' .. env, 'c:' .. qk, 'l:' .. eq, 'p:' .. eq,
    'h:' .. (run or ''))
  if v[1] ~= expected then return nil end
  return {
    env_count = tonumber(v[2] or 0), env_limit = tonumber(v[3] or 0), env_paused = v[4],
    key_count = tonumber(v[5] or 0), key_limit = tonumber(v[6] or math.huge), key_paused = v[7], holder = v[8],
  }
end

local function env_open(g) return not g.env_paused and g.env_count < g.env_limit end
local function key_open(g) return not g.key_paused and g.key_count < g.key_limit end

local WRONG_EPOCH = { err = 'WRONGEPOCH Redis was filled in another epoch' }
