-- Finds runs that ought to be in Redis and are not: they neither wait, at their score, nor hold a slot. Changes nothing.
-- KEYS: n. ARGV: P, epoch, then lane, queue key, run, version and score of each run.
-- Returns the places, from 0, of those that are missing.
if redis.call('HGET', N, 'epoch') ~= ARGV[2] then return WRONG_EPOCH end
local missing = {}
for i = 3, #ARGV, 5 do
  local lane, qk, run, version, score = unpack(ARGV, i, i + 4)
  local found = redis.call('ZSCORE', waiting(lane, qk), run .. ':' .. version)
  if not found or tonumber(found) ~= tonumber(score) then
    local holder = redis.call('HGET', N, 'h:' .. run)
    if not holder or tonumber(holder) < tonumber(version) then missing[#missing + 1] = (i - 3) / 5 end
  end
end
return missing
