package dev.runyard.spring.app;

import dev.runyard.sdk.Task;
import dev.runyard.sdk.TaskReference;
import dev.runyard.sdk.TypeReference;
import dev.runyard.sdk.run.BatchItem;
import dev.runyard.sdk.run.RunResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/// A shop that ships orders in the background, within its own process.
@SpringBootApplication
public class ShopApplication {

    /// What the shop has in store; tasks share it with the rest of the application.
    @Component
    public static class Stock {
        private final Map<String, Integer> pieces = new ConcurrentHashMap<>(Map.of("lamp", 3, "chair", 0));

        /// Takes one piece; false where there is none.
        public boolean take(String article) {
            return pieces.merge(article, -1, Integer::sum) >= 0;
        }
    }

    /// Takes an article out of the stock.
    @Bean
    Task<String, String> pick(Stock stock) {
        return Task.define("pick").input(String.class).output(String.class).run((article, context) -> {
            if (!stock.take(article)) {
                throw new IllegalStateException("no " + article + " left");
            }
            context.logger().info("picked " + article);
            return "picked " + article;
        });
    }

    /// Picks all articles of an order at once.
    @Bean
    Task<List<String>, List<String>> ship() {
        TaskReference<String, String> pick = TaskReference.to("pick", String.class, String.class);
        return Task.define("ship")
                .input(new TypeReference<List<String>>() {})
                .output(new TypeReference<List<String>>() {})
                .run((articles, context) ->
                        context
                                .batchTriggerAndWait(articles.stream()
                                        .map(article -> BatchItem.of(pick, article))
                                        .toList())
                                .stream()
                                .map(RunResult::outputOrThrow)
                                .toList());
    }

    /// Lasts until it is interrupted, or until its time is over.
    @Bean
    Task<Long, String> hold() {
        return Task.define("hold").input(Long.class).output(String.class).run((millis, context) -> {
            context.waitFor(Duration.ofMillis(millis));
            return "held";
        });
    }
}
