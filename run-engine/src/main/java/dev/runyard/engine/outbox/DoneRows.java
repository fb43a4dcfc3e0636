package dev.runyard.engine.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Outbox rows that this process applied itself and may delete in one go.
public final class DoneRows {
    private final ConcurrentLinkedQueue<Long> ids = new ConcurrentLinkedQueue<>();

    public void add(long id) {
        ids.add(id);
    }

    List<Long> take(int limit) {
        List<Long> taken = new ArrayList<>();
        Long id;
        while (taken.size() < limit && (id = ids.poll()) != null) {
            taken.add(id);
        }
        return taken;
    }
}
