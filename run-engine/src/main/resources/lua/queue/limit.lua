-- Writes limits and pauses; what depends on them is opened or closed by reopen.lua afterwards.
-- KEYS: n. ARGV: P, epoch, then pairs of a field and its value ('' for none).
if redis.call('HGET', N, 'epoch') ~= ARGV[2] then return WRONG_EPOCH end
for i = 3, #ARGV, 2 do
  if ARGV[i + 1] == '' then redis.call('HDEL', N, ARGV[i]) else redis.call('HSET', N, ARGV[i], ARGV[i + 1]) end
end
return 1
