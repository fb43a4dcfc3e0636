/// The run queue in Redis: scripts, keys, and the link that knows whether Redis holds what the database says.
///
/// Entry: RedisRunQueue. RedisLink decides whether Redis may be used at all: it must answer, and its epoch
/// must be the one in the database (answers H-2, H-3, H-9, H-24). FillRedis makes a new epoch.
@NullMarked
package dev.runyard.engine.queue.redis;

import org.jspecify.annotations.NullMarked;
