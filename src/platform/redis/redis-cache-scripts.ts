// An entry is a text: its version (16 hex digits), its kind, its tag, `|`, and the stored text of a value.
// Kinds: L a lease (a reader is loading the value), N no such value, V a value.
// The index is a sorted set of all keys by the time at which they expire. It bounds their number without a policy of
// Redis: the entry that expires first is removed first, so leases and absent keys never push values out.

const HELPERS = `
local function trim(index, max)
  local count = redis.pcall('ZCARD', index)
  local over = type(count) == 'number' and count - max or 0
  if over <= 0 then return end
  for i, key in ipairs(redis.call('ZPOPMIN', index, math.min(over, 100))) do
    if i % 2 == 1 then redis.call('UNLINK', key) end
  end
end
local function put(index, key, entry, ttl, now)
  local done = redis.pcall('SET', key, entry, 'PX', ttl)
  if type(done) == 'table' and done.err then return false end
  local added = redis.pcall('ZADD', index, now + ttl, key)
  if type(added) == 'table' then redis.pcall('UNLINK', index) end
  return true
end
local function read(key)
  local entry = redis.pcall('GET', key)
  if type(entry) == 'table' and entry.err then redis.call('UNLINK', key) return '' end
  return entry or ''
end
`;

/**
 * KEYS: index, then keys. ARGV: new version, ms of a lease, now in ms, maximum number of entries, then the tag of each key.
 * Returns the entry of each key: the existing one, if it has that tag, else a new lease; '' when Redis is full.
 */
export const FIND = `${HELPERS}
local answers = {}
local leased = false
for i = 2, #KEYS do
  local tag = ARGV[i + 3] .. '|'
  local entry = read(KEYS[i])
  if string.sub(entry, 18, 17 + #tag) ~= tag then
    entry = ARGV[1] .. 'L' .. tag
    if put(KEYS[1], KEYS[i], entry, tonumber(ARGV[2]), tonumber(ARGV[3])) then leased = true else entry = '' end
  end
  answers[i - 1] = entry
end
if leased then
  redis.pcall('PEXPIRE', KEYS[1], 86400000)
  trim(KEYS[1], tonumber(ARGV[4]))
end
return answers
`;

/**
 * KEYS: index, then keys. ARGV: now in ms, maximum number of entries, then for each key the entry and its ms to live.
 * An entry only replaces one of the same version. Returns 1 for each replaced entry.
 */
export const STORE = `${HELPERS}
local answers = {}
for i = 2, #KEYS do
  local entry = ARGV[2 * i - 1]
  local isCurrent = string.sub(read(KEYS[i]), 1, 16) == string.sub(entry, 1, 16)
  local isStored = isCurrent and put(KEYS[1], KEYS[i], entry, tonumber(ARGV[2 * i]), tonumber(ARGV[1]))
  answers[i - 1] = isStored and 1 or 0
end
redis.pcall('PEXPIRE', KEYS[1], 86400000)
trim(KEYS[1], tonumber(ARGV[2]))
return answers
`;

/** KEYS: index. ARGV: maximum number of entries to remove. Returns how many were removed. */
export const CLEAR = `
local popped = redis.pcall('ZPOPMIN', KEYS[1], tonumber(ARGV[1]))
if popped.err then redis.call('UNLINK', KEYS[1]) return 0 end
for i, key in ipairs(popped) do
  if i % 2 == 1 then redis.call('UNLINK', key) end
end
return #popped / 2
`;
