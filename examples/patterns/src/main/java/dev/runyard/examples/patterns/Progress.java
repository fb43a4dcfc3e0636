package dev.runyard.examples.patterns;

import dev.runyard.sdk.Task;
import dev.runyard.sdk.TypeReference;
import java.util.List;

/** A task that shows how far it is. */
public final class Progress {
    /** Handles items one by one. */
    public static final Task<List<String>, Integer> BATCH_PROCESSOR = Task.define("batch-processor")
            .input(new TypeReference<List<String>>() {})
            .output(Integer.class)
            .run((items, context) -> {
                context.metadata()
                        .set("progress", 0)
                        .set("totalItems", items.size())
                        .set("status", "starting");
                for (int done = 1; done <= items.size(); done++) {
                    context.metadata()
                            .set("progress", 100.0 * done / items.size())
                            .increment("processedItems", 1)
                            .append("logs", "Processed item " + done + "/" + items.size());
                }
                context.metadata().set("status", "completed");
                return items.size();
            });

    private Progress() {}
}
