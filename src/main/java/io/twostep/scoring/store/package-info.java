@NullMarked
package io.twostep.scoring.store;

import org.jspecify.annotations.NullMarked;
