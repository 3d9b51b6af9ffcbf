@NullMarked
package io.twostep.dataset.store;

import org.jspecify.annotations.NullMarked;
