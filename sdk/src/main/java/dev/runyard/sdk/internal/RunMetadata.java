package dev.runyard.sdk.internal;

import dev.runyard.sdk.Metadata;
import dev.runyard.sdk.serde.PayloadCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A run's metadata as its task sees it: changes are applied here at once and sent later, in the order in which they were
 * made. Thread-safe.
 */
public final class RunMetadata implements Metadata {
    private static final PayloadCodec CODEC = new PayloadCodec();

    private final UnaryOperator<MetadataChanges> unsent;
    private final MetadataDocument document;
    private final List<MetadataChanges.Operation> own = new ArrayList<>();
    private final OtherRun parent = new OtherRun();
    private final OtherRun root = new OtherRun();

    /**
     * @param start the document as it is at the beginning
     * @param send sends changes; returns those that it could not send
     */
    public RunMetadata(Map<String, Object> start, UnaryOperator<MetadataChanges> send) {
        this.document = new MetadataDocument(start);
        this.unsent = send;
    }

    @Override
    public Metadata set(String key, @Nullable Object value) {
        return apply(new MetadataChanges.Operation("set", key, plain(value)));
    }

    @Override
    public Metadata delete(String key) {
        return apply(new MetadataChanges.Operation("delete", key, null));
    }

    @Override
    public Metadata append(String key, @Nullable Object value) {
        return apply(new MetadataChanges.Operation("append", key, plain(value)));
    }

    @Override
    public Metadata remove(String key, @Nullable Object value) {
        return apply(new MetadataChanges.Operation("remove", key, plain(value)));
    }

    @Override
    public Metadata increment(String key, double by) {
        return apply(new MetadataChanges.Operation("increment", key, number(by)));
    }

    @Override
    public Metadata replace(Map<String, ?> whole) {
        return apply(new MetadataChanges.Operation("update", null, plain(new LinkedHashMap<>(whole))));
    }

    @Override
    public Optional<Object> get(String key) {
        return document.get(key);
    }

    @Override
    public Map<String, Object> current() {
        return document.copy();
    }

    @Override
    public Changes parent() {
        return parent;
    }

    @Override
    public Changes root() {
        return root;
    }

    @Override
    public synchronized void flush() {
        MetadataChanges changes;
        synchronized (own) {
            changes = new MetadataChanges(own, parent.operations, root.operations);
            clear();
        }
        if (!changes.none()) {
            MetadataChanges left = unsent.apply(changes);
            putBack(left);
        }
    }

    private void clear() {
        own.clear();
        parent.operations.clear();
        root.operations.clear();
    }

    private void putBack(MetadataChanges left) {
        synchronized (own) {
            own.addAll(0, left.operations());
            parent.operations.addAll(0, left.parentOperations());
            root.operations.addAll(0, left.rootOperations());
        }
    }

    private Metadata apply(MetadataChanges.Operation operation) {
        synchronized (own) {
            document.apply(operation);
            own.add(operation);
        }
        return this;
    }

    /** A value as JSON has it, so that what is read here is what others read. */
    private static @Nullable Object plain(@Nullable Object value) {
        String json = CODEC.encode(value);
        return json == null ? null : CODEC.decode(json, PayloadCodec.JSON, Object.class);
    }

    private static Number number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("metadata is changed by a finite number, not by " + value);
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
        if (whole) {
            return (long) value;
        }
        return value;
    }

    /** Collects changes for another run, whose document is not known here. */
    private final class OtherRun implements Changes {
        private final List<MetadataChanges.Operation> operations = new ArrayList<>();

        @Override
        public Changes set(String key, @Nullable Object value) {
            return add(new MetadataChanges.Operation("set", key, plain(value)));
        }

        @Override
        public Changes delete(String key) {
            return add(new MetadataChanges.Operation("delete", key, null));
        }

        @Override
        public Changes append(String key, @Nullable Object value) {
            return add(new MetadataChanges.Operation("append", key, plain(value)));
        }

        @Override
        public Changes remove(String key, @Nullable Object value) {
            return add(new MetadataChanges.Operation("remove", key, plain(value)));
        }

        @Override
        public Changes increment(String key, double by) {
            return add(new MetadataChanges.Operation("increment", key, number(by)));
        }

        private Changes add(MetadataChanges.Operation operation) {
            synchronized (own) {
                operations.add(operation);
            }
            return this;
        }
    }
}
