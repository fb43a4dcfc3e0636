package dev.runyard.webapp.tenant;

import dev.runyard.webapp.config.WrongSettingException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Refuses to start where the database holds what none of the configured encryption keys opens.
@Component
class RequireKnownKeys {
    static final String ACTION = """
            Set RUNYARD_ENCRYPTION_KEY to the key that this database was set up with. Where that was changed, also put \
            the former key into RUNYARD_OTHER_ENCRYPTION_KEYS, several separated by commas.
            A key's id is the beginning of its SHA-256: echo KEY | base64 -d | sha256sum | cut -c1-8""";

    private final Seal seal;
    private final List<SealedRows> sealed;

    RequireKnownKeys(Seal seal, List<SealedRows> sealed) {
        this.seal = seal;
        this.sealed = sealed;
    }

    void check() {
        Map<String, List<String>> unknown = new TreeMap<>(sealed.stream()
                .flatMap(rows -> rows.countByKey().entrySet().stream()
                        .filter(count -> !seal.knows(count.getKey()))
                        .map(count -> Map.entry(count.getKey(), count.getValue() + " " + rows.what())))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList()))));
        if (!unknown.isEmpty()) {
            throw new WrongSettingException(
                    "The database holds values whose key is neither RUNYARD_ENCRYPTION_KEY nor among "
                            + "RUNYARD_OTHER_ENCRYPTION_KEYS: "
                            + unknown.entrySet().stream()
                                    .map(one -> "key " + one.getKey() + " (" + String.join(", ", one.getValue()) + ")")
                                    .collect(Collectors.joining("; "))
                            + ".",
                    ACTION);
        }
    }
}
