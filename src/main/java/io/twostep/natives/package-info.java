@NullMarked
package io.twostep.natives;

import org.jspecify.annotations.NullMarked;
