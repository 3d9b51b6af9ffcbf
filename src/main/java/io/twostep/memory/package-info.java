@NullMarked
package io.twostep.memory;

import org.jspecify.annotations.NullMarked;
