@NullMarked
package io.twostep;

import org.jspecify.annotations.NullMarked;
