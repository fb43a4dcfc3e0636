/** HTTP calls of tasks. Entry: {@link dev.runyard.sdk.http.RetryingHttp}. */
@NullMarked
package dev.runyard.sdk.http;

import org.jspecify.annotations.NullMarked;
