package dev.runyard.webapp.api.shared;

/// Refuses texts that the database could not give back as they came: with U+0000, or with half a surrogate pair.
public final class StorableText {
    private StorableText() {}

    /// Returns the text.
    ///
    /// @param path where it stands, such as `options.queue.name`
    /// @throws ApiException where it cannot be stored
    public static String check(String path, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw ApiException.invalid(path, "must not contain the character U+0000");
            }
            if (Character.isSurrogate(c)) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
                    throw ApiException.invalid(path, "contains half of a surrogate pair at character " + i);
                }
                i++;
            }
        }
        return text;
    }
}
