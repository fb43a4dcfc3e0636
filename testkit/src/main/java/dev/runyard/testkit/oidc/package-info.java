/// An identity provider in the process of a test, for signing in by OpenID Connect. Begin with
/// [dev.runyard.testkit.oidc.TestIdentityProvider].
@NullMarked
package dev.runyard.testkit.oidc;

import org.jspecify.annotations.NullMarked;
