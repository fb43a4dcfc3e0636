package dev.runyard.webapp.api.run;

import dev.runyard.engine.read.RunFilter;
import dev.runyard.engine.read.RunPage;
import dev.runyard.engine.read.RunView;
import dev.runyard.protocol.id.RunId;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes one page of several that were asked for the same place in the order of runs, which is that of their ids.
final class MergePages {
    private static final Comparator<RunView> NEWEST_FIRST =
            Comparator.comparing((RunView run) -> run.id().toString()).reversed();

    private MergePages() {}

    static RunPage merge(List<RunPage> pages, RunFilter.Page page) {
        List<RunView> all = pages.stream()
                .flatMap(part -> part.runs().stream())
                .sorted(NEWEST_FIRST)
                .toList();
        boolean backwards = page.before() != null;
        boolean more = all.size() > page.size()
                || pages.stream().anyMatch(part -> (backwards ? part.previous() : part.next()) != null);
        int first = backwards ? Math.max(0, all.size() - page.size()) : 0;
        List<RunView> shown = all.subList(first, Math.min(all.size(), first + page.size()));
        boolean hasNext = backwards || more;
        boolean hasPrevious = backwards ? more : page.after() != null;
        return new RunPage(shown, hasNext ? last(shown) : null, hasPrevious ? first(shown) : null);
    }

    private static @Nullable RunId last(List<RunView> runs) {
        return runs.isEmpty() ? null : runs.getLast().id();
    }

    private static @Nullable RunId first(List<RunView> runs) {
        return runs.isEmpty() ? null : runs.getFirst().id();
    }
}
