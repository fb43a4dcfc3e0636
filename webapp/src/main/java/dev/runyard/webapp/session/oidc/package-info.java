/// Signing in by an identity provider that speaks OpenID Connect. Entry: OidcController.
///
/// LeaveForProvider sends a browser away with a secret in a cookie; ReturnFromProvider takes it back. State, nonce and
/// PKCE verifier all follow from that secret, whose hash is a row that is deleted when it is used. What the provider
/// says is checked by Spring Security's client, called as a library: its filters and its session are not part of this.
/// The session itself is made by SignInByProvider, as for every other way to sign in.
@NullMarked
package dev.runyard.webapp.session.oidc;

import org.jspecify.annotations.NullMarked;
