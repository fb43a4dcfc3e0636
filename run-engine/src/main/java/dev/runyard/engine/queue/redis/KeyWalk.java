package dev.runyard.engine.queue.redis;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.ScoredValueScanCursor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Goes over all queue keys of Redis, or over all runs that wait in them, a page at a time and from
/// where it stopped.
/// What comes and goes meanwhile may or may not be seen.
public final class KeyWalk {
    private final RedisLink link;
    private final RedisKeys keys;
    private final Deque<WaitingKey> found = new ArrayDeque<>();
    private @Nullable ScanCursor keyCursor = ScanCursor.INITIAL;
    private @Nullable WaitingKey key;
    private @Nullable ScanCursor memberCursor;

    KeyWalk(RedisLink link, RedisKeys keys) {
        this.link = link;
        this.keys = keys;
    }

    /// Members of one queue key.
    ///
    /// @param key the queue key
    /// @param members `run:version` each
    public record Members(WaitingKey key, List<String> members) {}

    /// Returns the next queue keys; an empty list may be followed by others.
    public List<WaitingKey> nextKeys(int page) {
        ScanCursor from = keyCursor;
        if (from == null) {
            return List.of();
        }
        ScanArgs matching = ScanArgs.Builder.matches(RedisFilling.escaped(keys.prefix()) + "q*")
                .limit(page);
        KeyScanCursor<String> scanned = link.call((redis, _) -> redis.scan(from, matching));
        keyCursor = scanned.isFinished() ? null : scanned;
        return scanned.getKeys().stream()
                .map(name -> WaitingKey.parse(name.substring(keys.prefix().length())))
                .filter(Objects::nonNull)
                .toList();
    }

    /// Tells whether all keys were seen.
    public boolean isOver() {
        return keyCursor == null && found.isEmpty() && key == null;
    }

    /// Returns the next runs that wait in one queue key, or nothing where the next page must be asked
    /// for.
    public @Nullable Members nextMembers(int page) {
        if (key == null) {
            if (found.isEmpty()) {
                found.addAll(nextKeys(page));
            }
            key = found.poll();
            memberCursor = ScanCursor.INITIAL;
        }
        WaitingKey current = key;
        ScanCursor from = memberCursor;
        if (current == null || from == null) {
            return null;
        }
        ScoredValueScanCursor<String> scanned = link.call(
                (redis, _) -> redis.zscan(keys.prefix() + current.name(), from, ScanArgs.Builder.limit(page)));
        memberCursor = scanned.isFinished() ? null : scanned;
        key = scanned.isFinished() ? null : current;
        return new Members(
                current, scanned.getValues().stream().map(ScoredValue::getValue).toList());
    }
}
