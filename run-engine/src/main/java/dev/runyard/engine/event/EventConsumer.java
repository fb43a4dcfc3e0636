package dev.runyard.engine.event;

import dev.runyard.protocol.id.RunId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One reader of the feed with a durable place in it. It gets each event at least once, those of a run in
/// the order of their versions. It does not wait: whoever has read an empty batch asks again after a
/// moment.
///
/// Several processes may read as the same consumer; then they get the same events, and the first
/// acknowledgement counts.
public final class EventConsumer {
    /// Transactions that are looked through at once, at first and at most.
    private static final long WINDOW = 2_000;

    private static final long WIDEST_WINDOW = 2_000_000;
    /// A place is moved past this many transactions without events by itself.
    private static final long WORTH_A_WRITE = 10_000;

    private final String name;
    private final EventRepository repository;
    private final InstantSource clock;

    EventConsumer(String name, EventRepository repository, InstantSource clock) {
        this.name = name;
        this.repository = repository;
        this.clock = clock;
    }

    public String name() {
        return name;
    }

    /// Reads the events that follow the last acknowledged ones.
    ///
    /// @param most how many events at most; a few more may come where the order within a run asks for
    ///     them
    /// @throws IllegalStateException where the consumer was removed
    public EventBatch read(int most) {
        EventPosition from = position();
        EventBatch batch = read(from, most);
        if (batch.events().isEmpty() && batch.to().tx() - from.tx() > WORTH_A_WRITE) {
            acknowledge(batch);
            return new EventBatch(List.of(), batch.to(), batch.to());
        }
        return batch;
    }

    /// Says that a batch was dealt with.
    ///
    /// @return false where the place was moved by somebody else in between; then some events will be
    ///     seen again
    public boolean acknowledge(EventBatch batch) {
        return batch.from().equals(batch.to())
                || repository.moveCursor(name, batch.from(), batch.to(), clock.instant());
    }

    /// Returns how old the oldest event is that was not acknowledged; zero where there is none.
    public Duration lag() {
        Optional<DomainEvent> oldest = read(position(), 1).events().stream().findFirst();
        return oldest.map(event -> Duration.between(event.at(), clock.instant()))
                .filter(age -> !age.isNegative())
                .orElse(Duration.ZERO);
    }

    private EventPosition position() {
        return repository.findCursor(name).orElseThrow(() -> new IllegalStateException("there is no consumer " + name));
    }

    private EventBatch read(EventPosition from, int most) {
        long horizon = repository.horizon();
        List<DomainEvent> events = new ArrayList<>();
        EventPosition reached = from;
        long window = WINDOW;
        while (events.size() < most && reached.tx() < horizon) {
            long until = Math.min(horizon, reached.tx() + window);
            int wanted = most - events.size();
            List<DomainEvent> page = repository.read(reached, until, wanted);
            events.addAll(page);
            reached = page.size() < wanted
                    ? EventPosition.before(until)
                    : page.getLast().position();
            window = Math.min(window * 4, WIDEST_WINDOW);
        }
        return new EventBatch(inOrderOfVersions(events, reached), from, reached);
    }

    /// A transaction that began earlier may have moved a run later. Events of a run take each other's
    /// places so that its versions ascend; versions that stand behind the end of the page are fetched.
    private List<DomainEvent> inOrderOfVersions(List<DomainEvent> events, EventPosition end) {
        if (events.isEmpty()) {
            return events;
        }
        Map<RunId, Integer> newest = new HashMap<>();
        events.forEach(event -> newest.merge(event.runId(), event.version(), Math::max));
        Map<RunId, TreeMap<Integer, DomainEvent>> byRun = new LinkedHashMap<>();
        events.forEach(event -> add(byRun, event));
        List<DomainEvent> earlier = repository.readPredecessors(end, newest);
        earlier.forEach(event -> add(byRun, event));
        List<DomainEvent> ordered = new ArrayList<>(events.size() + earlier.size());
        Map<RunId, Integer> surplus = new HashMap<>();
        earlier.forEach(event -> surplus.merge(event.runId(), 1, Integer::sum));
        for (DomainEvent event : events) {
            TreeMap<Integer, DomainEvent> versions = byRun.getOrDefault(event.runId(), new TreeMap<>());
            int take = 1 + surplus.getOrDefault(event.runId(), 0);
            surplus.remove(event.runId());
            takeFirst(versions, take, ordered);
        }
        return ordered;
    }

    private static void add(Map<RunId, TreeMap<Integer, DomainEvent>> byRun, DomainEvent event) {
        byRun.computeIfAbsent(event.runId(), _ -> new TreeMap<>()).put(event.version(), event);
    }

    private static void takeFirst(TreeMap<Integer, DomainEvent> versions, int n, Collection<DomainEvent> into) {
        for (int i = 0; i < n && !versions.isEmpty(); i++) {
            into.add(versions.pollFirstEntry().getValue());
        }
    }
}
