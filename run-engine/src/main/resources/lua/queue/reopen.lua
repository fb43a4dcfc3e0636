-- Opens or closes queue keys of an environment by the limits that are written now, then lets the environment have its turn.
-- KEYS: n. ARGV: P, epoch, worker queue, environment, then queue keys that have runs waiting.
local epoch, wq, env = unpack(ARGV, 2, 4)
for i = 5, #ARGV do
  local qk = ARGV[i]
  local g = gates(epoch, wq, env, string.match(qk, '^[^|]*|[^|]*'), qk)
  if not g then return WRONG_EPOCH end
  for _, lane in ipairs({ RESUME, START }) do
    if lane == START or g.resumes > 0 then
      if g.cap then
        redis.call('ZREM', index(lane, env), qk)
      else
        redis.call('ZREM', keys_of(lane, g.eq), qk)
        redis.call('ZREM', index(lane, env), g.eq)
      end
      place(g, lane, head(lane, qk))
    end
  end
end
local g = gates(epoch, wq, env, env .. '|', env .. '||')
if not g then return WRONG_EPOCH end
for _, lane in ipairs({ RESUME, START }) do
  if env_open(g) and redis.call('EXISTS', index(lane, env)) == 1 then give_turn(g, lane) end
end
return 1
