package dev.runyard.webapp.tenant;

import java.util.Optional;
import java.util.regex.Pattern;

/// Names of branches, as version control and clients give them.
public final class BranchName {
    private static final Pattern PREFIX = Pattern.compile("^refs/(heads|remotes|tags|pull)/");
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/@#+-]{0,254}");

    private BranchName() {}

    /// Returns the bare name; empty where the text cannot be one.
    public static Optional<String> parse(String text) {
        String name = PREFIX.matcher(text.strip()).replaceFirst("");
        boolean isSane = SANE.matcher(name).matches()
                && !name.contains("..")
                && !name.contains("//")
                && !name.endsWith("/")
                && !name.endsWith(".lock");
        return isSane ? Optional.of(name) : Optional.empty();
    }
}
