package dev.runyard.webapp.deployment;

import java.util.regex.Pattern;

/// What a supervisor starts: the reference of an OCI image, or `bundle:` and an absolute folder for the process
/// manager. `worker:` says that no supervisor does, because workers of the environment have the code.
final class ImageReference {
    private static final String BUNDLE = "bundle:";
    private static final int MAX_LENGTH = 1_024;
    private static final Pattern IMAGE = Pattern.compile("[a-zA-Z0-9][\\w.:/@-]*");

    private ImageReference() {}

    /// Tells whether it is a folder.
    static boolean isBundle(String reference) {
        return reference.startsWith(BUNDLE);
    }

    static boolean isValid(String reference) {
        if (reference.length() > MAX_LENGTH || reference.chars().anyMatch(Character::isISOControl)) {
            return false;
        }
        return isBundle(reference)
                ? reference.startsWith("/", BUNDLE.length())
                : IMAGE.matcher(reference).matches();
    }
}
