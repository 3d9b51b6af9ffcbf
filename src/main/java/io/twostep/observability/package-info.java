@NullMarked
package io.twostep.observability;

import org.jspecify.annotations.NullMarked;
