@NullMarked
package io.twostep.matrix;

import org.jspecify.annotations.NullMarked;
