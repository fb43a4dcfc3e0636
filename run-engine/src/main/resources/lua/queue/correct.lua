-- Corrects counts by how much they were off in a picture of the hash. Scripts change a count only together with an h:
-- field, so the error of a count stays the same while they go on, and adding its opposite is right at any later moment.
-- It is added once: the mark that was in the picture is exchanged, so who was not first changes nothing.
-- KEYS: n. ARGV: P, epoch, mark of the picture, new mark, number of counts, each with what to add, then h: fields of
-- runs that do not exist, each with its value.
-- Returns 1, or 0 where somebody else was first.
local epoch, old, new, counts = unpack(ARGV, 2, 5)
if redis.call('HGET', N, 'epoch') ~= epoch then return WRONG_EPOCH end
if (redis.call('HGET', N, 'mark') or '') ~= old then return 0 end
redis.call('HSET', N, 'mark', new)
local last = 5 + 2 * tonumber(counts)
for i = 6, last, 2 do
  if redis.call('HINCRBY', N, ARGV[i], ARGV[i + 1]) == 0 then redis.call('HDEL', N, ARGV[i]) end
end
for i = last + 1, #ARGV, 2 do
  if redis.call('HGET', N, ARGV[i]) == ARGV[i + 1] then redis.call('HDEL', N, ARGV[i]) end
end
return 1
