package dev.runyard.cli.deploy;

import org.jspecify.annotations.Nullable;

/// How a version is released.
///
/// @param externalId what it is called outside, such as its commit; always makes a version where it is given
/// @param isChecked whether a supervisor must fetch and start the image before the version counts
/// @param isPromoted whether new runs get it
record Release(@Nullable String externalId, boolean isChecked, boolean isPromoted) {
    static final Release AT_ONCE = new Release(null, false, true);
}
