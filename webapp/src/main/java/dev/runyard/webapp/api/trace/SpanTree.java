package dev.runyard.webapp.api.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Makes a tree of spans that know their parents.
///
/// Senders say what they like: a parent that is not there, that is the span's own descendant or that lies very deep is
/// replaced. Nothing gets lost, and nothing recurs deeper than readers and JSON can bear.
final class SpanTree {
    private static final int MAX_DEPTH = 100;
    private static final Comparator<Span> BY_START = Comparator.comparing(Span::start);

    private final Span root;
    private final Map<String, Span> parts = new LinkedHashMap<>();
    private final Map<String, Integer> depths = new HashMap<>();

    private SpanTree(Span root) {
        this.root = root;
    }

    /// Returns the root with everything below it.
    static Span assemble(Span root, List<Span> parts) {
        SpanTree tree = new SpanTree(root);
        parts.forEach(part -> tree.parts.putIfAbsent(part.id(), part));
        tree.parts.remove(root.id());
        List.copyOf(tree.parts.keySet()).forEach(tree::settle);
        return tree.build();
    }

    /// Finds the depth of a span and of all above it, and mends parents that cannot be.
    private void settle(String id) {
        SequencedSet<String> path = new LinkedHashSet<>();
        String at = id;
        while (!depths.containsKey(at) && parts.containsKey(at) && path.add(at)) {
            at = parentOf(at);
        }
        for (String one : path.reversed()) {
            int above = depths.getOrDefault(parentOf(one), parentOf(one).equals(root.id()) ? 0 : MAX_DEPTH);
            if (above >= MAX_DEPTH) {
                parts.put(one, span(one).under(root.id()));
                above = 0;
            }
            depths.put(one, above + 1);
        }
    }

    private Span build() {
        Map<String, List<Span>> children = new HashMap<>();
        List<String> deepestFirst = new ArrayList<>(parts.keySet());
        deepestFirst.sort(
                Comparator.comparing((String id) -> depths.getOrDefault(id, 1)).reversed());
        for (String id : deepestFirst) {
            Span whole = withChildren(span(id), children.get(id));
            children.computeIfAbsent(parentOf(id), _ -> new ArrayList<>()).add(whole);
        }
        return withChildren(root, children.get(root.id()));
    }

    private static Span withChildren(Span span, @Nullable List<Span> children) {
        List<Span> all = new ArrayList<>(span.children());
        if (children != null) {
            all.addAll(children);
        }
        all.sort(BY_START);
        return span.with(all);
    }

    private String parentOf(String id) {
        return Objects.requireNonNullElse(span(id).parentId(), root.id());
    }

    private Span span(String id) {
        return Objects.requireNonNull(parts.get(id));
    }
}
