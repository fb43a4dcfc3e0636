package dev.runyard.webapp.api.shared;

import dev.runyard.webapp.config.LimitsProperties;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

/// Reads which page of a list a caller wants, and filters with several values.
@Component
public class ReadPage {
    private final LimitsProperties limits;

    ReadPage(LimitsProperties limits) {
        this.limits = limits;
    }

    /// A page by its number.
    ///
    /// @param number from 1
    /// @param size things on a page
    public record Numbered(int number, int size) {}

    /// Reads how many things a page with cursors holds.
    ///
    /// @param ordinary where the caller does not say it
    public int size(MultiValueMap<String, String> parameters, int ordinary) {
        return number(parameters, "page[size]", Math.min(ordinary, limits.pageSize()), limits.pageSize());
    }

    /// Reads a page by its number.
    ///
    /// @param ordinary things on a page where the caller does not say it
    public Numbered numbered(MultiValueMap<String, String> parameters, int ordinary) {
        return new Numbered(
                number(parameters, "page", 1, Integer.MAX_VALUE),
                number(parameters, "perPage", Math.min(ordinary, limits.pageSize()), limits.pageSize()));
    }

    private static int number(MultiValueMap<String, String> parameters, String name, int ordinary, int most) {
        String value = parameters.getFirst(name);
        try {
            int number = value == null || value.isEmpty() ? ordinary : Integer.parseInt(value);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        String rule = most == Integer.MAX_VALUE ? " of at least 1." : " from 1 to " + most + ".";
        throw ApiException.query(name, "Must be a whole number" + rule);
    }

    /// Reads values that are joined by commas, or repeated.
    public static Set<String> values(MultiValueMap<String, String> parameters, String name) {
        return parameters.getOrDefault(name, List.of()).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .map(value -> StorableText.check(name, value))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// Reads a value; an empty one counts as absent.
    public static @Nullable String value(MultiValueMap<String, String> parameters, String name) {
        String value = parameters.getFirst(name);
        return value == null || value.isEmpty() ? null : StorableText.check(name, value);
    }
}
