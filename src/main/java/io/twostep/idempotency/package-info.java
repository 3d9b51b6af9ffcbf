@NullMarked
package io.twostep.idempotency;

import org.jspecify.annotations.NullMarked;
