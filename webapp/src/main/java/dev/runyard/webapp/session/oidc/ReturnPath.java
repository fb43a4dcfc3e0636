package dev.runyard.webapp.session.oidc;

import dev.runyard.webapp.session.PagePaths;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a browser goes after it was signed in: a page of this server and nothing else.
final class ReturnPath {
    static final String FRONT_PAGE = "/";
    private static final int LONGEST = 2_000;

    /// One slash and then no other, and no backslash, which browsers take for one. Characters that they leave out, such
    /// as tabs, are not there either.
    private static final Pattern LOCAL = Pattern.compile("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]*");

    private ReturnPath() {}

    /// Returns what was asked for, or the front page where that is none of this server's pages.
    static String of(@Nullable String asked) {
        if (asked == null || asked.length() > LONGEST || !LOCAL.matcher(asked).matches()) {
            return FRONT_PAGE;
        }
        String path = asked.split("[?#]", 2)[0];
        return PagePaths.isPageOrAsset(path) && !path.equals("/login") ? asked : FRONT_PAGE;
    }
}
