@NullMarked
package io.twostep.sample;

import org.jspecify.annotations.NullMarked;
