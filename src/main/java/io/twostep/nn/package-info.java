@NullMarked
package io.twostep.nn;

import org.jspecify.annotations.NullMarked;
