@NullMarked
package io.twostep.network.store;

import org.jspecify.annotations.NullMarked;
