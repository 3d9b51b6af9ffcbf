@NullMarked
package io.twostep.error;

import org.jspecify.annotations.NullMarked;
