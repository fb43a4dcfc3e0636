-- Puts queue keys into the indexes of what may start now, or takes them out.
-- KEYS: n. ARGV: P, epoch, worker queue, environment, then queue keys of that environment.
-- Returns how many entries were missing; entries too many do no harm and are not counted.
local epoch, wq, env = unpack(ARGV, 2, 4)
local missing = 0
for i = 5, #ARGV do
  local qk = ARGV[i]
  local eq = string.match(qk, '^[^|]*|[^|]*')
  local g = gates(epoch, wq, env, eq, qk)
  if not g then return WRONG_EPOCH end
  for _, lane in ipairs({ RESUME, START }) do
    local score = head(lane, qk)
    local listed = redis.call('ZSCORE', g.cap and keys_of(lane, eq) or index(lane, env), qk)
    local queue_listed = not g.cap or redis.call('ZSCORE', index(lane, env), eq)
    if g.cap then redis.call('ZREM', index(lane, env), qk) else redis.call('ZREM', keys_of(lane, eq), qk) end
    local open = place(g, lane, score)
    if score and key_open(g) and not listed then
      missing = missing + 1
    elseif open and not queue_listed then
      missing = missing + 1
    end
    local turns = P .. 'w:' .. (lane == RESUME and RESUME_QUEUE or wq)
    if open and env_open(g) and not redis.call('ZSCORE', turns, env) then
      give_turn(g, lane)
      missing = missing + 1
    end
  end
end
return missing
