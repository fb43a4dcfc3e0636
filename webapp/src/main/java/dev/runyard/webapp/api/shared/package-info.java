/// What all resources of the public API share: errors, bodies, pages, request ids. Entry: ApiExceptionHandler.
///
/// The official client reads one member of an error, `error`, and decides by the header `x-should-retry`;
/// both are always there. A body is read as text, whatever its content type says, and as much of it as its
/// route allows.
@NullMarked
package dev.runyard.webapp.api.shared;

import org.jspecify.annotations.NullMarked;
