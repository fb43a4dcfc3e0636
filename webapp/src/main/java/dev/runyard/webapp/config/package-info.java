/// Settings of the server, one record per subject, and what makes them safe to get wrong.
///
/// Every key begins with `runyard.`; environment variables bind to them by Spring's relaxed rules, and
/// ConfigAliases maps the names that operators know from elsewhere. UnknownKeys refuses to start with a key
/// that nothing reads.
@NullMarked
package dev.runyard.webapp.config;

import org.jspecify.annotations.NullMarked;
