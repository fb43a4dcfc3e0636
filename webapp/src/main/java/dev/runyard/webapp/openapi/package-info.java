/// The description of the public API for tools. Entry: OpenApiController.
///
/// It is made from the routes themselves and what they permit, so it cannot name one that does not exist or miss one
/// that does.
@NullMarked
package dev.runyard.webapp.openapi;

import org.jspecify.annotations.NullMarked;
