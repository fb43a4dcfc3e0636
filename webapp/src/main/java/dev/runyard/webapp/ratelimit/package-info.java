/// How many calls of the public API somebody may make. Entry: RateLimitFilter.
///
/// Each environment has a bucket of tokens that fills steadily; each public token has a smaller one of its own. Buckets
/// are in this process, or in Redis where several webapps must share them.
@NullMarked
package dev.runyard.webapp.ratelimit;

import org.jspecify.annotations.NullMarked;
