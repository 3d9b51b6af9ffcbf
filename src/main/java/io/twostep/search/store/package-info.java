@NullMarked
package io.twostep.search.store;

import org.jspecify.annotations.NullMarked;
