@NullMarked
package io.twostep.model.store;

import org.jspecify.annotations.NullMarked;
