package dev.runyard.webapp.api.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.id.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SpanTreeTest {
    private static final RunId RUN = RunId.parse("run_00000000000000000000000000");
    private static final Instant START = Instant.parse("2026-08-01T10:00:00Z");

    @Test
    void nestsPartsInTheOrderOfTheirBegin() {
        Span tree = tree(span("c", "a", 3), span("b", "a", 2), span("a", "root", 1), span("d", "b", 4));

        assertThat(outline(tree)).isEqualTo("root(a(b(d)c))");
    }

    @Test
    void losesNothingToParentsThatAreMissingOrCircular() {
        Span tree = tree(
                span("lost", "nowhere", 1),
                span("a", "b", 2),
                span("b", "a", 3),
                span("self", "self", 4),
                span("x", null, 5));

        assertThat(count(tree)).isEqualTo(6);
        assertThat(tree.children()).extracting(Span::id).contains("lost", "self", "x");
    }

    @Test
    void growsNoDeeperThanReadersCanBear() {
        List<Span> chain = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            chain.add(span("s" + i, i == 0 ? "root" : "s" + (i - 1), i));
        }

        Span tree = SpanTree.assemble(span("root", null, 0), chain);

        assertThat(count(tree)).isEqualTo(10_001);
        assertThat(depth(tree)).isLessThanOrEqualTo(101);
    }

    private static Span tree(Span... parts) {
        return SpanTree.assemble(span("root", null, 0), List.of(parts));
    }

    private static Span span(String id, @Nullable String parent, int second) {
        Instant at = START.plusSeconds(second);
        return new Span(
                id, parent, RUN, Span.Kind.SPAN, id, "TRACE", at, at, Span.Outcome.DONE, null, null, null, List.of());
    }

    private static String outline(Span span) {
        StringBuilder text = new StringBuilder(span.id());
        if (!span.children().isEmpty()) {
            text.append('(');
            span.children().forEach(child -> text.append(outline(child)));
            text.append(')');
        }
        return text.toString();
    }

    private static int count(Span span) {
        return 1 + span.children().stream().mapToInt(SpanTreeTest::count).sum();
    }

    private static int depth(Span span) {
        return 1 + span.children().stream().mapToInt(SpanTreeTest::depth).max().orElse(0);
    }
}
