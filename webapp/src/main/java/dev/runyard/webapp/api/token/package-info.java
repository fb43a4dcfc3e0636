/// What a key tells about itself, and tokens made with it. Entry: TokenController.
@NullMarked
package dev.runyard.webapp.api.token;

import org.jspecify.annotations.NullMarked;
