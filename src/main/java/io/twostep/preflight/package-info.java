@NullMarked
package io.twostep.preflight;

import org.jspecify.annotations.NullMarked;
