@NullMarked
package io.twostep.idempotency.store;

import org.jspecify.annotations.NullMarked;
