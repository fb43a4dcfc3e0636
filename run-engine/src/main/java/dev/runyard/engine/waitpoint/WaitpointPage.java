package dev.runyard.engine.waitpoint;

import dev.runyard.protocol.id.WaitpointId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of a list of tokens.
///
/// @param waitpoints newest first
/// @param next cursor for older ones, absent on the last page
/// @param previous cursor for newer ones, absent on the first page
public record WaitpointPage(
        List<Waitpoint> waitpoints,
        @Nullable WaitpointId next,
        @Nullable WaitpointId previous) {

    /// Makes a page of what was read in the page's direction, one more than it shows where there are more.
    static WaitpointPage of(WaitpointFilter.Page page, List<Waitpoint> read) {
        List<Waitpoint> shown = new ArrayList<>(read);
        boolean more = shown.size() > page.size();
        if (more) {
            shown.removeLast();
        }
        boolean backwards = page.before() != null;
        if (backwards) {
            Collections.reverse(shown);
        }
        boolean hasNext = !shown.isEmpty() && (backwards || more);
        boolean hasPrevious = !shown.isEmpty() && (backwards ? more : page.after() != null);
        return new WaitpointPage(
                List.copyOf(shown),
                hasNext ? shown.getLast().id() : null,
                hasPrevious ? shown.getFirst().id() : null);
    }
}
