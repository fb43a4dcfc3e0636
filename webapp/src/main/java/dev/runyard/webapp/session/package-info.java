/// Signing in to the dashboard. Entries: LoginController, SessionFilter; DashboardSecurity wires them. Identity
/// providers are in `oidc`, and come in by SignInByProvider.
///
/// A link signs in one browser once; what it leaves is a session in the database and its token in a cookie that scripts
/// cannot read. Tokens are random, 256 bits, and stored as SHA-256, so a lookup by hash tells nothing by its timing.
@NullMarked
package dev.runyard.webapp.session;

import org.jspecify.annotations.NullMarked;
